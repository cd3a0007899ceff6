"""What was granted and is not served yet, for officers and for clerks of the deciding zone."""


def test_what_was_granted_and_not_served_is_listed_for_clerks_and_officers(node, officer):
    granted = node.referred("CZ260303-GAAA2222", scope=("domestic",))
    clerk = node.log_in("clerk")
    for page in (clerk.get("/window/deliveries/"), officer.get("/officer/deliveries/")):
        assert granted in page.content.decode()
        assert "送达期限" in page.content.decode()
    assert granted not in officer.get("/officer/deliveries/?after=2030-01-01.X").content.decode()
