using LofteEvents.Tests.Tidy;

namespace LofteEvents.Tests.Cli;

public class Checking_a_definition
{
    private static string Norrmalm { get; } =
        File.ReadAllText(Path.Combine(House.Root, "deploy", "loften", "norrmalm-2018.json"));

    [Fact]
    public async Task Norrmalms_promise_can_be_given()
    {
        var ran = await CheckAsync(Norrmalm);
        ran.ShouldExitWith(0).Output.ShouldBeEmpty();
        ran.Error.ShouldContain("This promise can be given");
    }

    public static TheoryData<string> Shipped =>
    [
        .. Directory.EnumerateFiles(Path.Combine(House.Root, "deploy", "loften"), "*.json")
            .Select(file => Path.GetFileName(file)!),
    ];

    [Theory]
    [MemberData(nameof(Shipped))]
    public async Task Every_promise_that_ships_can_be_given(string file) =>
        (await Lofte.Alone.RunAsync(
            ["definition", "check", Path.Combine(House.Root, "deploy", "loften", file)], TestContext.Current.CancellationToken))
        .ShouldExitWith(0).Error.ShouldContain("This promise can be given");

    [Fact]
    public async Task A_first_day_that_does_not_exist_is_refused_by_line_and_place_and_with_what_to_do()
    {
        var karlstad = await File.ReadAllTextAsync(
            Path.Combine(House.Root, "deploy", "loften", "karlstad-2023.json"), TestContext.Current.CancellationToken);
        var ran = await CheckAsync(
            karlstad.Replace("\"from\": \"2023-07-01\"", "\"from\": \"2023-06-31\"", StringComparison.Ordinal));
        ran.ShouldExitWith(2).Output.ShouldContain("promise.json:5: fault: /term/from: ");
        ran.Output.ShouldContain("June 2023 has 30 days");
    }

    [Fact]
    public async Task What_is_no_JSON_is_wrong_use() =>
        (await CheckAsync("{\n  \"id\": \"x\",\n}\n"))
            .ShouldExitWith(2).Output.ShouldContain("promise.json:3: fault: /id: This is no JSON from line 3");

    [Fact]
    public async Task A_name_that_is_there_twice_is_shown_where_it_comes_again() =>
        (await CheckAsync("{\n  \"id\": \"x\",\n  \"title\": \"y\",\n  \"id\": \"z\"\n}\n"))
            .ShouldExitWith(2).Output.ShouldContain("promise.json:4: fault: /id: ");

    [Fact]
    public async Task A_season_that_begins_on_a_day_that_no_year_has_is_refused()
    {
        var umea = await File.ReadAllTextAsync(
            Path.Combine(House.Root, "deploy", "loften", "umea-2023.json"), TestContext.Current.CancellationToken);
        var ran = await CheckAsync(umea.Replace("\"03-01\"", "\"02-30\"", StringComparison.Ordinal));
        ran.ShouldExitWith(2).Output.ShouldContain("fault: /commitments/0/rule/divide/of/0/from: '02-30'");
    }

    [Fact]
    public async Task What_is_no_definition_is_wrong_use_with_line_and_place()
    {
        var ran = await CheckAsync(Norrmalm.Replace("\"2018-12-31\"", "\"2018-02-31\"", StringComparison.Ordinal));
        ran.ShouldExitWith(2).Output.ShouldContain($"promise.json:{LineOf("2018-12-31")}: fault: /term/to: ");
    }

    [Fact]
    public async Task What_a_rule_refuses_ends_with_5_with_line_place_and_code()
    {
        var ran = await CheckAsync(Norrmalm.Replace("\"2018-12-31\"", "\"2017-12-31\"", StringComparison.Ordinal));
        ran.ShouldExitWith(5).Output.ShouldContain($"promise.json:{LineOf("2018-12-31")}: refused: /term/to: ");
        ran.Output.ShouldContain("(definition.term-reversed)");
        ran.Error.ShouldContain("cannot be given. Faults: 1");
    }

    [Fact]
    public async Task An_area_that_the_deployment_does_not_have_is_refused()
    {
        using var areas = new TemporaryFile("areas.json", """{"areas":[{"id":"elsewhere","name":"Annorstädes"}]}""");
        using var file = new TemporaryFile("promise.json", Norrmalm);
        var ran = await Lofte.Alone.RunAsync($"definition check {file.Path} --areas {areas.Path}");
        ran.ShouldExitWith(5).Output.ShouldContain("refused: /area: The area 'norrmalm'");
    }

    [Fact]
    public async Task A_doubt_is_a_warning_that_stops_nothing()
    {
        var doubtful = Norrmalm.Replace(
            "\"kinds\": [\n    {",
            "\"kinds\": [\n    {\"id\": \"never-used\", \"name\": \"Aldrig\"},\n    {",
            StringComparison.Ordinal);
        doubtful.ShouldNotBe(Norrmalm);
        var ran = await CheckAsync(doubtful);
        ran.ShouldExitWith(0).Output.ShouldContain("warning: /kinds/0/id: ");
        ran.Error.ShouldContain("Warnings: 1");
    }

    [Fact]
    public async Task For_programs_it_is_one_JSON_document()
    {
        using var file =
            new TemporaryFile("promise.json", Norrmalm.Replace("\"2018-12-31\"", "\"2017-12-31\"", StringComparison.Ordinal));
        var ran = await Lofte.Alone.RunAsync($"definition check {file.Path} --json");
        using var json = System.Text.Json.JsonDocument.Parse(ran.ShouldExitWith(5).Output);
        json.RootElement.GetProperty("findings")[0].GetProperty("code").GetString().ShouldBe("definition.term-reversed");
    }

    private static async Task<Ran> CheckAsync(string definition)
    {
        using var file = new TemporaryFile("promise.json", definition);
        return await Lofte.Alone.RunAsync($"definition check {file.Path}");
    }

    private static int LineOf(string text) =>
        Norrmalm[..Norrmalm.IndexOf(text, StringComparison.Ordinal)].Count(letter => letter == '\n') + 1;
}
