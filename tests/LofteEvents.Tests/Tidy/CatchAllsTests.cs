namespace LofteEvents.Tests.Tidy;

public class Catch_alls
{
    [Fact]
    public void Each_in_the_repository_stands_at_an_edge_and_says_why() => House.MustKeep(House.Code.SelectMany(CatchAlls.In));

    [Theory]
    [InlineData("try { } catch { }")]
    [InlineData("try { } catch (Exception) { }")]
    [InlineData("try { } catch (System.Exception error) { _ = error; }")]
    [InlineData("try { } catch (Exception error) when (error is not OperationCanceledException) { }")]
    [InlineData("try { } catch (Exception error) when (!Known(error)) { } bool Known(Exception e) => e is IOException;")]
    [InlineData("try { } catch (Exception error) when (error.Message != \"\") { }")]
    public void One_without_a_reason_is_found(string code) =>
        CatchAlls.In(CodeFile.Sample("src/Sample.cs", code)).ShouldHaveSingleItem().Message.ShouldContain("process's edge");

    [Theory]
    [InlineData("try { } catch (IOException) { }")]
    [InlineData("try { } catch (Exception error) when (error is IOException or TimeoutException) { }")]
    [InlineData("try { } catch (Exception error) when (Known(error)) { } bool Known(Exception e) => e is IOException;")]
    [InlineData("try { } catch (Exception error) when (error is IOException && error.Message == \"\") { }")]
    [InlineData("try { } catch (Exception error) when (Known(error) is not null) { } string? Known(Exception e) => null;")]
    [InlineData("try { }\n#pragma warning disable CA1031 // The process ends here.\ncatch (Exception) { }")]
    [InlineData("try { } catch (Exception) { Console.WriteLine(); throw; }")]
    [InlineData("try { }\n// The process ends here: whatever it was is told to the caller.\ncatch (Exception) { }")]
    [InlineData("try { } catch (Exception)\n{\n// The process ends here.\nConsole.WriteLine(); }")]
    [InlineData("try { } catch (Exception)\n{\n// The process ends here.\n}")]
    public void What_is_named_thrown_on_or_explained_is_left_alone(string code) =>
        CatchAlls.In(CodeFile.Sample("src/Sample.cs", code)).ShouldBeEmpty();
}
