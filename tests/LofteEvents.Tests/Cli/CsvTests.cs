using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using LofteEvents.Cli.Publishing;
using LofteEvents.Tests.Server;

namespace LofteEvents.Tests.Cli;

public sealed class Publishing_csv(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Head =
        "type,source,id,subject,time,data.kind,data.title,data.place.area,data.from,data.to,data.tags,data.parties.0.name,"
        + "data.minorsEncountered,data.hours,data.results.checks\n";

    private Lofte Lofte => Lofte.Beside(fixture.Server);

    [Fact]
    public async Task A_row_becomes_the_event_that_its_columns_say()
    {
        var stored = await PublishedAsync(
            Head + Row(
                "full", "\"En \"\"riktad\"\" insats,\nmed radbrytning\"", "riktad; utsatt-plats", "polis", "3", "42", "35"),
            "full");
        ShouldSay(
            stored,
            """
            {"kind":"traffic","title":"En \"riktad\" insats,\nmed radbrytning","place":{"area":"norrmalm"},
            "from":"2018-03-16T18:00:00+01:00","to":"2018-03-16T19:30:00+01:00","tags":["riktad","utsatt-plats"],
            "parties":[{"name":"polis"}],"minorsEncountered":3,"hours":42,"results":{"checks":35}}
            """);
    }

    [Fact]
    public async Task Empty_cells_are_left_out_and_decimal_hours_stay_text()
    {
        var stored = await PublishedAsync(Head + Row("sparse", "", "", "", "", "42.5", ""), "sparse");
        stored.ShouldContain("\"hours\":\"42.5\"");
        stored.ShouldNotContain("title");
        stored.ShouldNotContain("tags");
        stored.ShouldNotContain("parties");
    }

    [Fact]
    public async Task Semicolons_carriage_returns_and_a_byte_order_mark_are_taken()
    {
        var text = Head + Row("excel", "Titel", "riktad", "polis", "3", "42", "35") + "\n";
        var asExcelWrites = "\uFEFF" + text.Replace(',', ';').Replace("\n", "\r\n", StringComparison.Ordinal);
        (await PublishedAsync(asExcelWrites, "excel")).ShouldContain("\"tags\":[\"riktad\"]");
    }

    [Theory]
    [InlineData("type,id\nx,1\n", "line 1: The header has no column source")]
    [InlineData("type,source,id,subject,time,id\n", "line 1: The column id stands twice")]
    [InlineData("type,source,id,subject,time,Kind\n", "line 1: The column 'Kind' is neither")]
    [InlineData("type,source,id,subject,time\na,b,c\n", "line 2: This row has 3 cells and the header 5")]
    [InlineData("type,source,id,subject,time\na,b\"c,d,e,f\n", "line 2: This row cannot be read")]
    [InlineData("type,source,id,subject,time\n\n\"open,b\n", "line 3: This row cannot be read")]
    [InlineData("type,source,id,subject,time,data.tags.1\na,b,c,d,e,x\n", "line 2, column data.tags.1: ")]
    [InlineData("type,source,id,subject,time,data.a,data.a.b\na,b,c,d,e,x,y\n", "line 2, column data.a.b: ")]
    public async Task What_cannot_be_read_is_named_by_line_and_column(string text, string fault)
    {
        using var file = new TemporaryFile("events.csv", text);
        (await Lofte.RunAsync($"events publish {file.Path}")).ShouldExitWith(1).Error.ShouldContain(fault);
    }

    [Fact]
    public async Task A_file_in_another_encoding_is_not_guessed_at()
    {
        using var file = new TemporaryFile("events.csv", [.. Encoding.UTF8.GetBytes(Head), 0xE5, 0xE4, 0xF6, (byte)'\n']);
        (await Lofte.RunAsync($"events publish {file.Path}"))
            .ShouldExitWith(1).Error.ShouldContain("line 2: This row cannot be read: write the file in UTF-8");
    }

    [Fact]
    public async Task What_intake_refuses_is_named_by_line_and_column()
    {
        using var file = new TemporaryFile(
            "events.csv", Head + Row("c1", "", "", "", "3", "1", "") + Row("c2", "", "", "", "three", "1", "")
                .Replace("traffic", "Traffic", StringComparison.Ordinal));
        var ran = await Lofte.RunAsync($"events publish {file.Path}");
        ran.ShouldExitWith(5).Error.ShouldContain("line 3, column data.kind: ");
        ran.Error.ShouldContain("line 3, column data.minorsEncountered: ");
    }

    [Fact]
    public void Cells_are_read_as_they_were_written()
    {
        var cell = Gen.Elements("", "a", "å ö", ",", ";", "\"", "\n", "\"\"", " x ").ListOf().Select(string.Concat);
        Prop.ForAll(cell.NonEmptyListOf().ToArbitrary(), cells =>
        {
            var record = string.Join(',', cells.Select(each => $"\"{each.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
            CsvRecord.IsOpen(new StringBuilder(record)).ShouldBeFalse();
            CsvRecord.Cells(record, ',').ShouldBe(cells);
        }).QuickCheckThrowOnFailure();
    }

    private static void ShouldSay(string stored, string expected)
    {
        using var actual = JsonDocument.Parse(stored);
        using var wanted = JsonDocument.Parse(expected);
        JsonElement.DeepEquals(actual.RootElement, wanted.RootElement).ShouldBeTrue(stored);
    }

    private static string Row(string id, string title, string tags, string party, string minors, string hours, string checks) =>
        $"se.lofteevents.insats.carried-out.v1,urn:lofte:demo,{id},insats/csv-{id},2018-03-16T20:00:00+01:00,traffic,{title},"
        + $"norrmalm,2018-03-16T18:00:00+01:00,2018-03-16T19:30:00+01:00,{tags},{party},{minors},{hours},{checks}\n";

    private async Task<string> PublishedAsync(string text, string id)
    {
        using var file = new TemporaryFile("events.csv", text);
        (await Lofte.RunAsync($"events publish {file.Path}")).ShouldExitWith(0).Error.ShouldContain("1 recorded");
        var token = TestContext.Current.CancellationToken;
        var stored = await fixture.Server.Store.ReadStreamAsync($"insats/csv-{id}", 0, 2, token).SingleAsync(token);
        return Encoding.UTF8.GetString(stored.Data.Span).Replace(": ", ":", StringComparison.Ordinal);
    }
}
