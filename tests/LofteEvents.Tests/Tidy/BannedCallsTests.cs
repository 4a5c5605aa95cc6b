namespace LofteEvents.Tests.Tidy;

public class Banned_calls
{
    [Fact]
    public void The_repository_makes_none_of_them() => House.MustKeep(House.Code.SelectMany(BannedCalls.In));

    [Theory]
    [InlineData("src/LofteEvents.Server/Sample.cs", "var x = DateTime.Now;", "TimeProvider")]
    [InlineData("src/LofteEvents.Server/Sample.cs", "var x = DateTime.UtcNow;", "TimeProvider")]
    [InlineData("src/LofteEvents.Server/Sample.cs", "var x = System.DateTime.Today;", "TimeProvider")]
    [InlineData("src/LofteEvents.Server/Sample.cs", "var x = DateTimeOffset.UtcNow;", "TimeProvider")]
    [InlineData("tests/LofteEvents.Tests/Sample.cs", "var x = DateTimeOffset.Now;", "TimeProvider")]
    [InlineData("src/LofteEvents/Sample.cs", "var x = TimeProvider.System.GetUtcNow();", "parameter")]
    [InlineData("src/LofteEvents/Sample.cs", "var x = TimeZoneInfo.Local;", "Europe/Stockholm")]
    [InlineData("src/LofteEvents/Sample.cs", "var x = Guid.NewGuid();", "parameter")]
    [InlineData("src/LofteEvents/Sample.cs", "var x = new Random(1).Next();", "parameter")]
    [InlineData("src/LofteEvents/Sample.cs", "Random x = new(1);", "parameter")]
    [InlineData("src/LofteEvents/Sample.cs", "var x = Random.Shared.Next();", "parameter")]
    [InlineData("src/LofteEvents.Server/Sample.cs", "var x = Task.FromResult(1).Result;", "await")]
    [InlineData("src/LofteEvents.Server/Sample.cs", "Task.CompletedTask.Wait();", "await")]
    [InlineData("src/LofteEvents.Server/Sample.cs", "Task.WaitAll(Task.CompletedTask);", "await")]
    [InlineData("src/LofteEvents.Server/Sample.cs", "Task.CompletedTask.GetAwaiter().GetResult();", "await")]
    [InlineData("src/LofteEvents.Server/Sample.cs", "var x = new ValueTask<int>(1).GetAwaiter().GetResult();", "await")]
    [InlineData("src/LofteEvents.Server/Sample.cs", "Thread.Sleep(1);", "Task.Delay")]
    [InlineData("tests/LofteEvents.Tests/Sample.cs", "Thread.Sleep(1);", "Eventually")]
    [InlineData("tests/LofteEvents.Tests/Sample.cs", "await Task.Delay(1);", "Eventually")]
    [InlineData("src/LofteEvents.Postgres/Sample.cs", "Console.WriteLine();", "LoggerMessage")]
    [InlineData("src/LofteEvents.Server/Sample.cs", "throw new NotImplementedException();", "gap")]
    public void Each_of_them_is_found_and_told_its_replacement(string path, string code, string replacement)
    {
        var finding = BannedCalls.In(CodeFile.Sample(path, code)).ShouldHaveSingleItem();
        finding.Path.ShouldBe(path);
        finding.Line.ShouldBe(1);
        finding.Message.ShouldContain(replacement);
    }

    [Theory]
    [InlineData("src/LofteEvents.Server/Sample.cs", "var x = TimeProvider.System.GetUtcNow();")]
    [InlineData("src/LofteEvents.Server/Sample.cs", "var x = Guid.NewGuid();")]
    [InlineData("src/LofteEvents.Server/Sample.cs", "await Task.Delay(1);")]
    [InlineData("src/LofteEvents.Server/Sample.cs", "var x = new Answer(1).Result; record Answer(int Result);")]
    [InlineData("src/LofteEvents.Cli/Sample.cs", "Console.WriteLine();")]
    [InlineData("src/LofteEvents/Sample.cs", "// DateTime.Now would be wrong here.\nvar x = \"DateTime.Now\";")]
    public void What_is_allowed_is_left_alone(string path, string code) =>
        BannedCalls.In(CodeFile.Sample(path, code)).ShouldBeEmpty();
}
