using System.Text;
using LofteEvents.Server.Channels;

namespace LofteEvents.Tests.Server.Channels;

public class A_webhook_signature
{
    // The answer that the reference libraries of Standard Webhooks hold each other to, in every language.
    [Fact]
    public void Is_the_one_that_the_reference_libraries_expect()
    {
        var secret = WebhookSignature.Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").ShouldNotBeNull();

        var headers = WebhookSignature.Headers(
            [secret],
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            DateTimeOffset.FromUnixTimeSeconds(1614265330),
            Encoding.UTF8.GetBytes("""{"test": 2432232314}"""));

        headers.ShouldBe(
        [
            ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
            ("webhook-timestamp", "1614265330"),
            ("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
        ]);
    }

    [Theory]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", 24)]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", 24)]
    [InlineData("whsec_c2hvcnQ=", null)]
    [InlineData("whsec_not base64", null)]
    [InlineData("", null)]
    public void Is_made_with_a_secret_of_24_to_64_bytes(string text, int? length) =>
        (WebhookSignature.Secret(text)?.Length).ShouldBe(length);

    [Fact]
    public void Is_not_made_with_a_secret_that_is_too_long() =>
        WebhookSignature.Secret(Convert.ToBase64String(new byte[65])).ShouldBeNull();

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("169.254.169.254", true)]
    [InlineData("192.168.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("64:ff9b::7f00:1", true)]
    [InlineData("193.10.1.1", false)]
    [InlineData("2a01:111::1", false)]
    public void Goes_to_no_inner_address(string address, bool isInternal) =>
        EndpointGuard.IsInternal(System.Net.IPAddress.Parse(address)).ShouldBe(isInternal);
}
