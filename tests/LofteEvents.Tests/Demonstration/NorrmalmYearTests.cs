using System.Text.Json.Nodes;
using LofteEvents.Tests.Tidy;

namespace LofteEvents.Tests.Demonstration;

public sealed class NorrmalmYearTests
{
    // Set to 1, the test writes the file anew instead of comparing it: for whoever changes the rules.
    private const string WriteSetting = "LOFTE_WRITE_DEMONSTRATION";

    private static string Folder => Path.Combine(House.Root, "deploy", "loften");

    private static string FileName => Path.Combine(Folder, "norrmalm-2018-year.ndjson");

    [Fact]
    public async Task The_file_that_ships_is_what_the_rules_make_to_the_byte()
    {
        var made = string.Concat(Made().Select(line => line + "\n"));
        if (Environment.GetEnvironmentVariable(WriteSetting) == "1")
            await File.WriteAllTextAsync(FileName, made, TestContext.Current.CancellationToken);

        var shipped = await File.ReadAllTextAsync(FileName, TestContext.Current.CancellationToken);
        Assert.Equal(made, shipped);
    }

    [Fact]
    public void All_but_the_promise_itself_says_that_it_is_invented()
    {
        foreach (var line in Made().Skip(1))
            Assert.True(line.Contains("påhitta", StringComparison.OrdinalIgnoreCase) || line.Contains("atgard-", StringComparison.Ordinal), line);
    }

    [Fact]
    public void Recorded_times_rise_and_nothing_is_known_before_it_is_planned_or_happens()
    {
        var last = DateTimeOffset.MinValue;
        foreach (var line in Made())
        {
            var said = JsonNode.Parse(line)!;
            var recorded = DateTimeOffset.Parse((string)said["recordedtime"]!, System.Globalization.CultureInfo.InvariantCulture);
            var happened = DateTimeOffset.Parse((string)said["time"]!, System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(recorded >= last, line);
            Assert.True(recorded >= happened, line);
            last = recorded;
        }
    }

    private static IReadOnlyList<string> Made() =>
        NorrmalmYear.Lines(JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "norrmalm-2018.json")))!.AsObject());
}
