using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LofteEvents.Notices;
using LofteEvents.Server.Access;
using LofteEvents.Tests.Cli;

namespace LofteEvents.Tests.Server.Channels;

/// <summary>Notices that could not be sent, over HTTP and on the command line.</summary>
public sealed class Dead_letters
{
    private const string Gone = "The endpoint said 410";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Are_found_with_reason_attempts_and_as_they_were_and_replayed_in_the_number_that_is_said()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        receiver.Answer = (_, context) => WebhookReceiver.Status(context, 410);
        await using var server = await NoticeServer.StartAsync(
            [new RecipientChannel(NoticeChannels.Webhook, receiver.Url)], Token);
        for (var n = 0; n < 3; n++)
        {
            await server.PublishInsatsAsync(Token);
        }

        var client = server.Server.As(Roles.Operator);
        await Eventually.BecomesAsync("three are dead", async stop => await TotalAsync(client, "", stop) == 3, Token);
        var letters = await client.GetFromJsonAsync<JsonElement>("/api/v1/dead-letters", Token);
        foreach (var letter in letters.GetProperty("items").EnumerateArray())
        {
            letter.GetProperty("reason").GetString().ShouldStartWith(Gone);
            letter.GetProperty("attempts").GetInt32().ShouldBe(1);
            letter.GetProperty("lane").GetString().ShouldBe($"recipient/{NoticeServer.Recipient}");
            letter.GetProperty("work").GetProperty("work").GetString().ShouldBe("deliver");
        }

        (await TotalAsync(client, "?text=said%20410", Token)).ShouldBe(3);
        (await TotalAsync(client, "?text=nothing-like-it", Token)).ShouldBe(0);
        (await TotalAsync(client, "?lane=recipient/another", Token)).ShouldBe(0);

        var refused = await ReplayAsync(client, """{"filter":{},"expected":2}""");
        refused.ShouldBeRefused(409, "dead-letters.other-number");
        refused.Body.GetProperty("detail").GetString().ShouldStartWith("3 dead letters match, not 2");
        (await ReplayAsync(client, """{"expected":3}""")).ShouldBeRefused(400, "dead-letters.replay-malformed");
        (await TotalAsync(client, "", Token)).ShouldBe(3);

        var id = letters.GetProperty("items")[0].GetProperty("id").GetInt64();
        var replayed = await ReplayAsync(client, $$"""{"ids":[{{id}}],"expected":1}""");
        replayed.Status.ShouldBe((int)HttpStatusCode.OK);
        replayed.Body.GetProperty("replayed").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task Are_listed_and_replayed_by_the_command_line_which_says_how_many_and_wants_yes()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        receiver.Answer = (_, context) => WebhookReceiver.Status(context, 410);
        await using var server = await NoticeServer.StartAsync(
            [new RecipientChannel(NoticeChannels.Webhook, receiver.Url)], Token);
        await server.PublishInsatsAsync(Token);
        await server.PublishInsatsAsync(Token);
        var client = server.Server.As(Roles.Operator);
        await Eventually.BecomesAsync("both are dead", async stop => await TotalAsync(client, "", stop) == 2, Token);
        var lofte = Lofte.Beside(server.Server);

        (await lofte.RunAsync("dead-letters list")).ShouldExitWith(0).Output.ShouldContain("2 in all");
        (await lofte.RunAsync("dead-letters list --lane recipient/another")).ShouldExitWith(0).Output.ShouldContain("0 in all");
        (await lofte.RunAsync("dead-letters replay")).ShouldExitWith(2).Error.ShouldContain("2 dead letters would be replayed");
        (await lofte.RunAsync("dead-letters replay --dry-run")).ShouldExitWith(0).Error.ShouldContain("2 dead letters would be");
        (await TotalAsync(client, "", Token)).ShouldBe(2);
        (await lofte.RunAsync("dead-letters replay 4711 --yes")).ShouldExitWith(5)
            .Error.ShouldContain("0 dead letters match, not 1");
        (await lofte.RunAsync("dead-letters replay --yes")).ShouldExitWith(0)
            .Error.ShouldContain("2 dead letters are in line again");
    }

    [Fact]
    public async Task Are_replayed_only_where_their_case_still_owes_them_and_the_others_are_named()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        receiver.Answer = (_, context) => WebhookReceiver.Status(context, 500);
        await using var server = await NoticeServer.StartAsync(
            [
                new RecipientChannel(NoticeChannels.Webhook, receiver.Url),
                new RecipientChannel(NoticeChannels.SecureDigital, Address: "0203:socialtjanst"),
            ],
            Token,
            new Dictionary<string, string> { ["Lofte:Workers:Attempts"] = "1" });
        await server.PublishInsatsAsync(Token);
        await server.PublishInsatsAsync(Token);
        var client = server.Server.As(Roles.Operator);
        await Eventually.BecomesAsync("both are dead", async stop => await TotalAsync(client, "", stop) == 2, Token);
        var sent = Path.Combine(server.Channels, "secure-digital", "out");
        await Eventually.BecomesAsync(
            "both went on", () => Directory.Exists(sent) && Directory.GetFiles(sent, "*.json").Length == 2, Token);
        await Eventually.BecomesAsync("both cases say so", async stop => await TriedAsync(server, stop) == 2, Token);

        var none = await ReplayAsync(client, """{"filter":{},"dryRun":true}""");
        (none.Body.GetProperty("owed").GetInt64(), none.Body.GetProperty("noLongerOwed").GetArrayLength()).ShouldBe((0, 2));
        (await Lofte.Beside(server.Server).RunAsync("dead-letters replay --yes")).ShouldExitWith(0)
            .Error.ShouldContain("2 dead letters are no longer owed");

        await RejectAsync(server, Directory.GetFiles(sent, "*.json")[0]);
        await Eventually.BecomesAsync(
            "one case has no channel left",
            async stop => (await server.SaidAsync(stop)).OfType<NoticeFailed>().Count() == 3,
            Token);
        (await ReplayAsync(client, """{"filter":{},"expected":2}""")).ShouldBeRefused(409, "dead-letters.other-number");
        receiver.Answer = (_, context) => WebhookReceiver.Status(context, 204);
        var replayed = await ReplayAsync(client, """{"filter":{},"expected":1}""");

        replayed.Body.GetProperty("replayed").GetInt64().ShouldBe(1);
        replayed.Body.GetProperty("noLongerOwed").GetArrayLength().ShouldBe(1);
        await server.SaysAsync<NoticeDelivered>(Token);
        (await server.SaidAsync(Token)).OfType<NoticeDelivered>().Single().Channel.ShouldBe(NoticeChannels.Webhook);
        (await TotalAsync(client, "", Token)).ShouldBe(1);
    }

    private static async Task<int> TriedAsync(NoticeServer server, CancellationToken cancellationToken) =>
        (await server.SaidAsync(cancellationToken)).OfType<NoticeAttempted>()
            .Count(each => each.Channel == NoticeChannels.SecureDigital);

    /// <summary>As an access point answers: whole or not at all.</summary>
    private static async Task RejectAsync(NoticeServer server, string message)
    {
        var inbox = Directory.CreateDirectory(Path.Combine(server.Channels, "secure-digital", "in")).FullName;
        var receipt = Path.Combine(inbox, "receipt.json");
        var id = Path.GetFileNameWithoutExtension(message);
        await File.WriteAllTextAsync(receipt + ".part", $$"""{"messageId":"{{id}}","status":"REJECTED"}""", Token);
        File.Move(receipt + ".part", receipt);
    }

    private static async Task<long> TotalAsync(HttpClient client, string query, CancellationToken cancellationToken) =>
        (await client.GetFromJsonAsync<JsonElement>($"/api/v1/dead-letters{query}", cancellationToken))
            .GetProperty("total").GetInt64();

    private static async Task<Answer> ReplayAsync(HttpClient client, string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await client.PostAsync("/api/v1/dead-letters/replay", content, Token);
        return await Answer.ReadAsync(response, Token);
    }
}
