using System.Text;
using System.Text.Json;
using LofteEvents.Notices;

namespace LofteEvents.Tests.Server.Channels;

/// <summary>Letters and secure messages, which others carry: handed over as files, with receipts as files.</summary>
public sealed class Channels_by_folder
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_letter_is_a_PDF_in_the_print_queue_and_delivered_when_it_is_moved_to_the_posted_ones()
    {
        await using var server = await NoticeServer.StartAsync(
            [new RecipientChannel(NoticeChannels.Letter, Address: "Box 1 (A), 111 11 Stockholm\nSverige")], Token);

        await server.PublishInsatsAsync(Token);
        await server.SaysAsync<NoticeAttempted>(Token);
        var letter = Directory.GetFiles(Path.Combine(server.Channels, "letters", "out"), "*.pdf").ShouldHaveSingleItem();
        var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(letter, Token));
        text.ShouldStartWith("%PDF-1.4");
        text.ShouldContain("(Socialtjänsten på Norrmalm) Tj");
        text.ShouldContain(@"(Box 1 \(A\), 111 11 Stockholm) Tj");
        OffsetsOf(text).ShouldAllBe(each => text.IndexOf($"{each.Number} 0 obj", StringComparison.Ordinal) == each.Offset);
        (await server.SaidAsync(Token)).OfType<NoticeDelivered>().ShouldBeEmpty();

        var posted = Path.Combine(server.Channels, "letters", "posted");
        Directory.CreateDirectory(posted);
        File.Move(letter, Path.Combine(posted, Path.GetFileName(letter)));
        await server.SaysAsync<NoticeDelivered>(Token);

        (await server.SaidAsync(Token)).OfType<NoticeDelivered>().Single().Channel.ShouldBe(NoticeChannels.Letter);
        await Eventually.BecomesAsync("it is put away", () => Directory.GetFiles(posted).Length == 0, Token);
    }

    [Fact]
    public async Task A_secure_message_is_delivered_when_its_receipt_says_ACCEPTED()
    {
        await using var server = await StartAsync();
        var message = await SentAsync(server);

        message.GetProperty("recipient").GetString().ShouldBe("0203:socialtjanst");
        await ReceiveAsync(server, message, "ACCEPTED");
        await server.SaysAsync<NoticeDelivered>(Token);

        (await server.SaidAsync(Token)).OfType<NoticeFailed>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_secure_message_that_is_REJECTED_fails_and_the_case_goes_on_to_the_next_channel()
    {
        await using var server = await StartAsync();
        var message = await SentAsync(server);

        await ReceiveAsync(server, message, "REJECTED");
        await server.SaysAsync<NoticeFailed>(Token);

        var failed = (await server.SaidAsync(Token)).OfType<NoticeFailed>().Single();
        failed.Channel.ShouldBe(NoticeChannels.SecureDigital);
        failed.Reason.ShouldBe("REJECTED");
    }

    [Theory]
    [InlineData("NO_SUCH.INBOX-2", "NO_SUCH.INBOX-2")]
    [InlineData("Anna Andersson is not known here", "other")]
    [InlineData("080101-1234", "other")]
    [InlineData("", "other")]
    [InlineData("12345678901234567890_a.code-of-sixty-five-characters-is-too-long1", "other")]
    public async Task A_rejections_reason_is_kept_in_the_case_only_where_it_is_a_short_code(string reason, string kept)
    {
        await using var server = await StartAsync();
        var message = await SentAsync(server);

        await ReceiveAsync(server, message, "REJECTED", reason);
        await server.SaysAsync<NoticeFailed>(Token);

        (await server.SaidAsync(Token)).OfType<NoticeFailed>().Single().Reason.ShouldBe(kept);
        var done = Path.Combine(server.Channels, "secure-digital", "done", "receipt.json");
        await Eventually.BecomesAsync("the receipt is put away", () => File.Exists(done), Token);
        (await File.ReadAllTextAsync(done, Token)).ShouldContain($"\"reason\":\"{reason}\"");
    }

    [Fact]
    public async Task A_receipt_that_cannot_be_read_is_put_aside_and_changes_nothing()
    {
        await using var server = await StartAsync();
        var id = (await SentAsync(server)).GetProperty("messageId").GetString();
        var inbox = Directory.CreateDirectory(Path.Combine(server.Channels, "secure-digital", "in")).FullName;
        var unreadable = Path.Combine(server.Channels, "secure-digital", "unreadable");

        await PutAsync(inbox, "half.json", """{"messageId":""");
        await PutAsync(inbox, "other.json", """{"messageId":"another system's","status":"ACCEPTED"}""");
        await PutAsync(inbox, "nul.json", $$"""{"messageId":"{{id}}","status":"REJECTED","reason":"a\u0000b"}""");
        await Eventually.BecomesAsync(
            "they are put aside", () => Directory.Exists(unreadable) && Directory.GetFiles(unreadable).Length == 3, Token);

        var said = await server.SaidAsync(Token);
        said.OfType<NoticeDelivered>().ShouldBeEmpty();
        said.OfType<NoticeFailed>().ShouldBeEmpty();
    }

    private static Task<NoticeServer> StartAsync() => NoticeServer.StartAsync(
        [
            new RecipientChannel(NoticeChannels.SecureDigital, Address: "0203:socialtjanst"),
            new RecipientChannel(NoticeChannels.Phone, Phone: "1"),
        ],
        Token);

    private static async Task<JsonElement> SentAsync(NoticeServer server)
    {
        await server.PublishInsatsAsync(Token);
        await server.SaysAsync<NoticeAttempted>(Token);
        var file = Directory.GetFiles(Path.Combine(server.Channels, "secure-digital", "out"), "*.json").ShouldHaveSingleItem();
        return JsonDocument.Parse(await File.ReadAllBytesAsync(file, Token)).RootElement;
    }

    private static Task ReceiveAsync(NoticeServer server, JsonElement message, string status, string? reason = null)
    {
        var inbox = Directory.CreateDirectory(Path.Combine(server.Channels, "secure-digital", "in")).FullName;
        var id = message.GetProperty("messageId").GetString();
        var why = reason is null ? "" : $",\"reason\":\"{reason}\"";
        return PutAsync(inbox, "receipt.json", $$"""{"messageId":"{{id}}","status":"{{status}}"{{why}}}""");
    }

    /// <summary>Whole or not at all, as an access point puts it.</summary>
    private static async Task PutAsync(string folder, string name, string text)
    {
        var beside = Path.Combine(folder, name + ".part");
        await File.WriteAllTextAsync(beside, text, Token);
        File.Move(beside, Path.Combine(folder, name));
    }

    private static List<(int Number, int Offset)> OffsetsOf(string pdf) =>
    [
        .. pdf[pdf.IndexOf("0000000000 65535 f", StringComparison.Ordinal)..]
            .Split('\n')
            .Skip(1)
            .TakeWhile(line => line.EndsWith("n ", StringComparison.Ordinal))
            .Select((line, index) => (index + 1, int.Parse(line[..10], System.Globalization.CultureInfo.InvariantCulture))),
    ];
}
