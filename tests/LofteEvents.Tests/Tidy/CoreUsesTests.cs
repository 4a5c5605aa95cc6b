namespace LofteEvents.Tests.Tidy;

public class The_core
{
    [Fact]
    public void Touches_nothing_outside_itself() =>
        House.MustKeep(CoreUses.In([.. File.ReadAllBytes(typeof(IEventStore).Assembly.Location)]));

    [Theory]
    [InlineData("File.Exists(\"x\")", "System.IO.File")]
    [InlineData("new System.Net.Http.HttpClient()", "System.Net.Http.HttpClient")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess()", "System.Diagnostics.Process")]
    [InlineData("DateTimeOffset.UtcNow", "System.DateTimeOffset.get_UtcNow")]
    [InlineData("TimeProvider.System", "System.TimeProvider")]
    [InlineData("Guid.NewGuid()", "System.Guid.NewGuid")]
    [InlineData("new Random(1)", "System.Random")]
    [InlineData("Environment.GetEnvironmentVariable(\"x\")!", "System.Environment.GetEnvironmentVariable")]
    public void A_touch_is_found_in_what_is_compiled(string touch, string name) =>
        CoreUses.In([.. CodeFile.CompileSample("Core", $"public class C {{ public object O = {touch}; }}")])
            .ShouldContain(finding => finding.Message.Contains($"{name}:"));

    [Fact]
    public void Streams_in_memory_and_iterators_are_left_alone() =>
        CoreUses.In([.. CodeFile.CompileSample(
            "Core", "public class C { public Stream S = new MemoryStream(); public IEnumerable<int> I() { yield return 1; } }")])
            .ShouldBeEmpty();
}
