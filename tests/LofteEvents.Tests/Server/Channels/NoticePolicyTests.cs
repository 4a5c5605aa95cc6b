using System.Net;
using System.Text.Json;
using LofteEvents.Notices;
using LofteEvents.Server.Access;

namespace LofteEvents.Tests.Server.Channels;

/// <summary>The policy beside the log: what makes work, what does not, and what it does with what it cannot follow.</summary>
public sealed class The_policy_of_notices
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Makes_no_work_of_imported_history_and_makes_it_of_what_is_reported_after()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        await using var server = await NoticeServer.StartAsync(
            [new RecipientChannel(NoticeChannels.Webhook, receiver.Url)], Token);
        var past = CloudEventsOverHttp.CarriedOut().With(said => said["recordedtime"] = "2018-03-18T08:00:00Z");
        var importing = server.Server.With(new DevelopmentIdentity(
            "test:import", "Import", [Roles.Publisher, Roles.Operator], ["urn:lofte:demo"], []));
        (await importing.PublishAsync(past, Token)).ShouldBeTaken();

        await server.PublishInsatsAsync(Token);
        await server.SaysAsync<NoticeDelivered>(Token);

        receiver.Received.ShouldHaveSingleItem();
        (await server.SaidAsync(Token)).OfType<NoticeOpened>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Stops_before_an_event_that_it_cannot_follow_and_is_unhealthy()
    {
        await using var server = await NoticeServer.StartAsync([new RecipientChannel(NoticeChannels.Phone, Phone: "1")], Token);
        await server.PublishInsatsAsync(Token);
        await server.SaysAsync<NoticeOpened>(Token);

        var unknown = new NewEvent(Guid.NewGuid(), "insats.teleported.v1", "{}"u8.ToArray(), "{}"u8.ToArray());
        await server.Server.Store.AppendAsync(new AppendRequest([new StreamAppend("insats/unknown", 0, [unknown])]), Token);

        var client = server.Server.Anonymous();
        await Eventually.BecomesAsync(
            "the server says that the policy stands",
            async stop =>
            {
                using var answer = await client.GetAsync("/health/ready", stop);
                return answer.StatusCode == HttpStatusCode.ServiceUnavailable
                    && JsonDocument.Parse(await answer.Content.ReadAsStringAsync(stop)).RootElement.GetProperty("checks")
                        .EnumerateArray()
                        .Any(check => check.GetProperty("name").GetString() == "notices"
                            && check.GetProperty("detail").GetString()!.Contains("cannot follow", StringComparison.Ordinal));
            },
            Token);
    }
}
