"""The operations of the current SDK."""
import os
import warnings

from novu_py import Novu
from novu_py import models
from novu_py.utils import BackoffStrategy, RetryConfig

warnings.simplefilter("ignore")
calls = 0


def sdk(url, key="sk_test_123"):
    return Novu(secret_key=key, server_url=url, retry_config=RetryConfig("none", BackoffStrategy(0, 0, 0, 0), False), timeout_ms=10000)


def fails(call, status, kind):
    global calls
    calls += 1
    try:
        call()
    except kind as error:
        assert error.status_code == status, error
        return error
    raise AssertionError("a success")


link = {"subscriber_id": "subscriber-123", "integration_identifier": "slack-main", "context": {"tenant": "acme", "app": {"id": "jira", "data": {"a": 1}}}}
connect = {"subscriber_id": "subscriber-123", "integration_identifier": "slack-main", "auto_link_user": True}
for url in (os.environ["BARE"], os.environ["DATA"]):
    with sdk(url) as novu:
        i = novu.integrations

        def linked(body, key=None, i=i):
            return i.generate_link_user_o_auth_url(generate_link_user_oauth_url_request_dto=body, idempotency_key=key)

        def connected(body, i=i):
            return i.generate_connect_o_auth_url(generate_connect_oauth_url_request_dto=body)

        for reply in (linked(link), connected(connect), i.generate_chat_o_auth_url(generate_chat_oauth_url_request_dto=connect)):
            assert reply.result.url.startswith("https://slack.com/oauth/v2/authorize?state="), reply
            calls += 1
        key = "py-" + url
        first = linked(link, key)
        again = linked(link, key)
        assert again.result.url == first.result.url
        assert again.headers["idempotency-replay"] == ["true"], again.headers
        fails(lambda: linked({**link, "subscriber_id": "other"}, key), 422, models.ValidationErrorDto)
        fails(lambda: linked({**link, "integration_identifier": "none"}), 404, models.ErrorDto)
        fails(lambda: connected({"integration_identifier": "slack-main"}), 400, models.ErrorDto)
        error = fails(lambda: linked({**link, "context": {"tenant": "a b"}}), 422, models.ValidationErrorDto)
        assert list(error.data.errors) == ["context.tenant"], error.data
        calls += 2
    with sdk(url, "wrong") as novu:
        fails(lambda: novu.integrations.generate_link_user_o_auth_url(generate_link_user_oauth_url_request_dto=link), 401, models.ErrorDto)
with sdk(os.environ["LIMITED"]) as novu:
    def many():
        for _ in range(5):
            novu.integrations.generate_link_user_o_auth_url(generate_link_user_oauth_url_request_dto=link)

    error = fails(many, 429, models.APIError)
    assert error.body == '"API rate limit exceeded"', error.body
print(f"{calls} calls, each as it should be")
