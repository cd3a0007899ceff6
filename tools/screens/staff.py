"""Pictures of what clerks, officers, heads, custodians and stewards see."""

from tools.screens import deeds
from tools.screens.applicants import Made
from tools.screens.shot import CHANGZHOU, ITEM, SUZHOU, WUXI, Shot


def list_window_shots() -> list[Shot]:
    """The hall, and a client at the window from call to receipt."""
    window = f"{WUXI}/window/"
    return [
        Shot("13-window", window, "wuxi-clerk", "The window's desk", is_in_all=True),
        Shot("14-taken-in", f"{WUXI}/window/cases/", "wuxi-clerk", "What was taken in"),
        Shot("60-hall", f"{SUZHOU}/hall/", "", "Taking a number"),
        Shot(
            "61-queue",
            f"{SUZHOU}/window/queue/",
            "suzhou-clerk",
            "The queue at a window",
            is_in_all=True,
            act=deeds.call_somebody,
        ),
        Shot("62-board", f"{SUZHOU}/hall/board/?still=1", "", "The board in the hall", is_in_all=True),
        Shot("63-appointments", f"{SUZHOU}/hall/appointments/", "", "Appointments with capacity"),
        Shot("64-identity", window, "wuxi-clerk", "Who came, and the list of papers", act=deeds.say_who_came),
        Shot("65-window-form", window, "wuxi-clerk", "The form, filled in", act=deeds.come_to_the_form),
        Shot(
            "66-window-check",
            window,
            "wuxi-clerk",
            "Read through with the client",
            act=deeds.come_to_the_check,
        ),
        Shot("67-window-receipt", window, "wuxi-clerk", "The receipt", is_in_all=True, act=deeds.take_in),
        Shot("83-take-down", f"{WUXI}/window/voices/complaint/", "wuxi-clerk", "A complaint taken down"),
        Shot("68-offline", f"{WUXI}/window/offline/", "wuxi-clerk", "The window without a connection"),
        Shot("69-keys", f"{WUXI}/window/keys/", "wuxi-clerk", "The window's keys"),
    ]


def list_desk_shots(made: Made) -> list[Shot]:
    """The officer's desk, and what the head sees."""
    desk, officer, head = f"{CHANGZHOU}/officer", "changzhou-officer", "changzhou-head"
    case = f"{desk}/cases/{made.referred}"
    return [
        Shot("11-worklist", f"{desk}/", officer, "The officer's worklist", is_in_all=True),
        Shot("12-examine", f"{case}/", officer, "Facts, sources, findings", is_in_all=True),
        Shot("70-grant", f"{case}/grant/", officer, "Deciding, and agreeing with the machine or not"),
        Shot("71-correction", f"{case}/correction/", officer, "Everything to correct, in one notice"),
        Shot("72-notes", f"{case}/notes/", officer, "Notes among colleagues"),
        Shot("73-belonging", f"{case}/desk/", officer, "Whose case it is; conflicts, handing over"),
        Shot("74-leave", f"{desk}/leave/", officer, "Handing work over on leave"),
        Shot("75-find", f"{desk}/find/", officer, "Finding cases"),
        Shot("76-voices", f"{desk}/voices/", officer, "Questions and complaints to answer"),
        Shot("77-delegations", f"{desk}/delegations/", head, "Who may act in whose name (article 24)"),
        Shot(
            "78-between", f"{desk}/between/", officer, "Between the zones: originals, tickets, confirmations"
        ),
        Shot("79-supervision", f"{desk}/supervision/", head, "Supervision: red and yellow", is_in_all=True),
        Shot("24-checks", f"{desk}/checks/", officer, "Grants to look at again"),
        Shot("37-promises", f"{desk}/promises/", officer, "Promises to look into"),
        Shot(
            "38-notices",
            f"{WUXI}/officer/notices/",
            "wuxi-officer",
            "Notices from other zones",
            is_in_all=True,
        ),
    ]


def list_seal_shots() -> list[Shot]:
    """One seal: its state, and every use."""
    room = f"{CHANGZHOU}/seal"
    return [
        Shot("80-seal", f"{room}/", "changzhou-custodian-1", "The seal, and what its custodians may do"),
        Shot("81-seal-uses", f"{room}/uses/", "changzhou-head", "The register of its uses", is_in_all=True),
        Shot("82-seal-refusals", f"{room}/refusals/", "changzhou-head", "What it refused, and why"),
    ]


def list_steward_shots() -> list[Shot]:
    """How the machine is held, and the common standard."""
    steward, room = "changzhou-steward", f"{CHANGZHOU}/steward"
    example = f"{room}/items/{ITEM}/examples/01-granted-from-another-zone/"
    return [
        Shot("20-steward", f"{room}/", steward, "Items, and how the machine is held on each", is_in_all=True),
        Shot("21-steward-item", f"{room}/items/{ITEM}/", steward, "One item's machine", is_in_all=True),
        Shot("22-stop", f"{room}/items/{ITEM}/stop/", steward, "Stopping the machine asks before"),
        Shot("23-example", example, steward, "An example case, step by step"),
        Shot("25-propose", f"{room}/items/{ITEM}/propose/", steward, "Proposing a change, never live"),
        Shot("39-standard", f"{room}/standard/", steward, "The common standard"),
        Shot(
            "40-compared",
            f"{room}/standard/items/hairdresser-hygiene-permit/",
            steward,
            "Three zones side by side",
            is_in_all=True,
        ),
        Shot("41-table", f"{room}/table/", steward, "The alliance's table"),
        Shot("42-replay", f"{room}/replay/", steward, "Past decisions run again"),
    ]
