"""The words of the error pages: what happened, and what a person can do next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """What an error page says.

    Args:
        title: what happened, in a few words.
        why: one or two sentences.
        next_steps: what to do now, in order.
    """

    title: Text
    why: Text
    next_steps: tuple[Text, ...]

    def for_roles(self, roles: Sequence[Text]) -> "ErrorWords":
        """Say in addition whose page this is."""
        zh = "、".join(role.zh for role in roles)
        en = ", ".join(role.en.lower() for role in roles)
        why = Text(f"{self.why.zh}本页面仅供：{zh}。", f"{self.why.en} This page is for: {en}.")
        return replace(self, why=why)


_BACK = Text("返回上一页，或从首页重新进入。", "Go back, or start again from the home page.")
_PERSON = Text(
    "仍有问题，请到任一高新区政务服务大厅找窗口人员，并告知下方编号。",
    "If it goes on, ask the staff at any zone's service hall and quote the number below.",
)

WORDS: dict[int, ErrorWords] = {
    400: ErrorWords(
        Text("没能读懂这个请求", "We could not read that request"),
        Text(
            "地址或提交的内容不完整，或被改动过。",
            "The address or what was sent is incomplete or was altered.",
        ),
        (
            Text(
                "请从页面上的链接重新进入，不要手动修改地址。",
                "Follow a link on a page instead of editing the address.",
            ),
            _PERSON,
        ),
    ),
    403: ErrorWords(
        Text("您的账号不能打开这一页", "Your account cannot open this page"),
        Text(
            "您已登录，但这一页不属于您的角色。", "You are logged in, but this page belongs to another role."
        ),
        (
            Text("返回首页，办理您可以办理的事项。", "Return to the home page and use what is open to you."),
            Text("如需换用其他账号，请先退出登录。", "To use another account, log out first."),
        ),
    ),
    404: ErrorWords(
        Text("这里没有找到", "Not found here"),
        Text(
            "没有这个页面或编号，或者不在本节点。",
            "There is no such page or number, or it is not kept at this node.",
        ),
        (
            Text(
                "请核对地址或编号：字母 O 与数字 0、字母 I 与数字 1 容易混淆。",
                "Check the address or number: O and 0, I and 1 are easily confused.",
            ),
            _BACK,
            _PERSON,
        ),
    ),
    405: ErrorWords(
        Text("这个页面不能这样打开", "This page cannot be opened that way"),
        Text("它只接受表单提交，或只供查看。", "It only takes a form, or is only there to be read."),
        (_BACK,),
    ),
    409: ErrorWords(
        Text("有人先您一步改动了它", "Somebody changed this before you"),
        Text(
            "您打开页面之后，这一办件又有了新的进展。您刚才的操作没有生效。",
            "The case has moved on since you opened the page. What you just did was not recorded.",
        ),
        (
            Text(
                "请返回并刷新，看清最新情况后再决定。",
                "Go back, reload, look at the latest state and decide again.",
            ),
        ),
    ),
    413: ErrorWords(
        Text("提交的内容太大", "What you sent is too large"),
        Text(
            "单个文件不超过 20 MB，文字总量不超过 12 MB。什么都没有保存。",
            "A file may have 20 MB and all text together 12 MB. Nothing was saved.",
        ),
        (
            Text(
                "请压缩或拆分文件，或缩短文字，再提交一次。",
                "Compress or split the file, or shorten the text, and send it again.",
            ),
            Text("也可以带原件到任一高新区的窗口办理。", "Or bring the original to any zone's window."),
        ),
    ),
    419: ErrorWords(
        Text("这张表单已经过期", "This form is out of date"),
        Text(
            "为防止他人冒用，表单只在打开它的浏览器里有效，登录或退出后需要重新打开。",
            "A form works only in the browser that opened it, and until you log in or out.",
        ),
        (
            Text("请返回、刷新页面后再提交一次。", "Go back, reload the page and send it once more."),
            Text("请确认浏览器允许本站使用 Cookie。", "Make sure the browser allows this site's cookies."),
        ),
    ),
    422: ErrorWords(
        Text("还不能办理", "This cannot be done yet"),
        Text("下面一次列出全部问题。", "All the reasons are listed here at once."),
        (
            Text(
                "改正后再试；您已填写的内容没有提交。", "Put them right and try again; nothing was handed in."
            ),
        ),
    ),
    429: ErrorWords(
        Text("尝试次数过多", "Too many attempts"),
        Text(
            "为保护账号，登录已暂停 15 分钟。", "To protect the account, logging in is paused for 15 minutes."
        ),
        (
            Text(
                "15 分钟后再试，并核对用户名和密码。",
                "Try again in 15 minutes and check the username and password.",
            ),
            Text(
                "不登录也可以核验证照、查看办事指南。",
                "Without logging in you can still check a licence and read the guides.",
            ),
            Text(
                "急需办理，请到任一高新区的窗口，不需要登录。",
                "If it is urgent, go to any zone's window; no login is needed there.",
            ),
        ),
    ),
    500: ErrorWords(
        Text("系统出了差错", "Something went wrong on our side"),
        Text(
            "这不是您的问题。已经记录，正在处理。已提交的办件不会丢失。",
            "This is not your fault. It has been recorded. Cases already handed in are safe.",
        ),
        (
            Text("请过几分钟再试。", "Please try again in a few minutes."),
            _PERSON,
        ),
    ),
    503: ErrorWords(
        Text("暂时办不了", "This is not possible just now"),
        Text(
            "系统或对方节点暂时没有回应。没有只办一半，稍后重试是安全的。",
            "We or the other zone's node are not answering. Nothing was half done and trying again is safe.",
        ),
        (
            Text("请稍后再试一次。", "Please try again shortly."),
            Text(
                "已提交的办件会自动继续，不需要重复提交。",
                "A case already handed in goes on by itself; do not hand it in twice.",
            ),
            _PERSON,
        ),
    ),
}
"""By HTTP status; 419 stands for a form without its token (answered as 403)."""
