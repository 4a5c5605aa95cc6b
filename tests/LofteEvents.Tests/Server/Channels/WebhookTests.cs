using System.Text.Json;
using LofteEvents.Notices;
using Microsoft.AspNetCore.Http;

namespace LofteEvents.Tests.Server.Channels;

/// <summary>From the report of an insats to a municipality's endpoint, which is not always well.</summary>
public sealed class A_webhook
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tells_that_there_is_a_notice_and_where_and_nothing_of_what_it_says()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        await using var server = await StartAsync(receiver);

        var insats = await server.PublishInsatsAsync(Token);
        await server.SaysAsync<NoticeDelivered>(Token);

        var received = receiver.Received.ShouldHaveSingleItem();
        received.IsSignedWith(NoticeServer.Secret).ShouldBeTrue();
        var said = JsonDocument.Parse(received.Body).RootElement;
        said.GetProperty("type").GetString().ShouldBe("notice.available");
        var notice = said.GetProperty("data").GetProperty("notice").GetString();
        said.GetProperty("data").GetProperty("content").GetString()
            .ShouldBe($"http://localhost:5080/api/v1/notices/{notice}/content");
        received.Body.ShouldNotContain(insats);
        received.Body.ShouldNotContain("norrmalm");
        var delivered = (await server.SaidAsync(Token)).OfType<NoticeDelivered>().Single();
        delivered.Attempt.ToString().ShouldBe(received.Id);
        delivered.Channel.ShouldBe(NoticeChannels.Webhook);
    }

    [Fact]
    public async Task Is_sent_again_under_the_same_id_until_the_endpoint_is_well()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        var answers = new Queue<int>([500, 302, 503, 204]);
        receiver.Answer = (_, context) =>
        {
            context.Response.Headers.Location = "/elsewhere";
            return WebhookReceiver.Status(context, answers.Dequeue());
        };
        await using var server = await StartAsync(receiver);

        await server.PublishInsatsAsync(Token);
        await server.SaysAsync<NoticeDelivered>(Token);

        receiver.Received.Count.ShouldBe(4);
        receiver.Received.ShouldAllBe(each => each.Path == "/notices" && each.IsSignedWith(NoticeServer.Secret));
        receiver.Received.Select(each => each.Id).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task That_hangs_is_given_up_for_the_moment_and_does_not_hold_up_the_server()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        var hung = false;
        receiver.Answer = async (_, context) =>
        {
            if (!hung)
            {
                hung = true;
                await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
            }

            context.Response.StatusCode = StatusCodes.Status204NoContent;
        };
        await using var server = await StartAsync(receiver, new() { ["Lofte:Workers:LeaseSeconds"] = "4" });

        await server.PublishInsatsAsync(Token);
        await server.SaysAsync<NoticeDelivered>(Token);

        receiver.Received.Select(each => each.Id).Distinct().ShouldHaveSingleItem();
        receiver.Received.Count.ShouldBe(2);
    }

    [Fact]
    public async Task That_is_gone_is_asked_no_more_and_the_case_goes_on_to_the_next_channel()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        receiver.Answer = (_, context) => WebhookReceiver.Status(context, 410);
        await using var server = await StartAsync(receiver);

        await server.PublishInsatsAsync(Token);
        await server.SaysAsync<NoticeFailed>(Token);
        await server.PublishInsatsAsync(Token);
        await Eventually.BecomesAsync(
            "the second fails too", async stop => (await server.SaidAsync(stop)).OfType<NoticeFailed>().Count() == 2, Token);

        receiver.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task To_an_inner_address_is_not_sent_unless_that_is_meant()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        await using var server = await StartAsync(receiver, new() { ["Lofte:Channels:Webhook:AllowInternal"] = "false" });

        await server.PublishInsatsAsync(Token);
        await server.SaysAsync<NoticeFailed>(Token);

        receiver.Received.ShouldBeEmpty();
        (await server.SaidAsync(Token)).OfType<NoticeFailed>().Single().Reason.ShouldContain("inner network");
    }

    [Fact]
    public async Task Is_signed_with_both_secrets_while_one_is_being_changed()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        await using var server = await StartAsync(receiver, new()
        {
            [$"Lofte:Channels:Webhook:Secrets:{NoticeServer.Recipient}"] = $"{NoticeServer.Secret} {NoticeServer.OldSecret}",
        });

        await server.PublishInsatsAsync(Token);
        await server.SaysAsync<NoticeDelivered>(Token);

        var received = receiver.Received.ShouldHaveSingleItem();
        received.IsSignedWith(NoticeServer.Secret).ShouldBeTrue();
        received.IsSignedWith(NoticeServer.OldSecret).ShouldBeTrue();
    }

    [Fact]
    public async Task Without_a_secret_is_not_sent_and_the_dead_letter_says_what_to_set()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        await using var server = await StartAsync(receiver, new()
        {
            [$"Lofte:Channels:Webhook:Secrets:{NoticeServer.Recipient}"] = "",
            ["Lofte:Channels:Webhook:Secrets:another"] = NoticeServer.Secret,
        });

        await server.PublishInsatsAsync(Token);
        await server.SaysAsync<NoticeFailed>(Token);

        receiver.Received.ShouldBeEmpty();
    }

    private static Task<NoticeServer> StartAsync(WebhookReceiver receiver, Dictionary<string, string>? settings = null) =>
        NoticeServer.StartAsync(
            [new RecipientChannel(NoticeChannels.Webhook, receiver.Url), new RecipientChannel(NoticeChannels.Phone, Phone: "1")],
            Token,
            settings);
}
