namespace LofteEvents.Tests.Tidy;

public class Types_and_functions
{
    [Fact]
    public void Classes_of_the_product_are_sealed_unless_inherited() => House.MustKeep(Shapes.Unsealed([.. House.Product]));

    [Fact]
    public void Nothing_at_the_leaves_is_public() => House.MustKeep(House.Product.SelectMany(Shapes.PublicAtTheLeaves));

    [Fact]
    public void Async_methods_take_a_token() => House.MustKeep(House.Product.SelectMany(Shapes.AsyncWithoutToken));

    [Fact]
    public void No_method_is_async_void() => House.MustKeep(House.Code.SelectMany(Shapes.AsyncVoid));

    [Fact]
    public void The_core_decides_without_waiting() => House.MustKeep(House.Product.SelectMany(Shapes.ImpureCore));

    [Theory]
    [InlineData("class Open { }", "Open")]
    [InlineData("record Open(int X);", "Open")]
    [InlineData("class Base { } sealed class Leaf : Base { } class Open { }", "Open")]
    [InlineData("static class Outer { class Open { } }", "Open")]
    public void An_unsealed_class_is_found(string code, string name) =>
        Shapes.Unsealed([CodeFile.Sample("src/Sample.cs", code)]).ShouldHaveSingleItem().Message.ShouldStartWith(name);

    [Theory]
    [InlineData("sealed class Closed { }")]
    [InlineData("static class Closed { }")]
    [InlineData("abstract class Open { }")]
    [InlineData("class Base<T> { } sealed class Leaf : Base<int> { }")]
    [InlineData("readonly record struct Value(int X); interface IFace; enum Choice { A }")]
    public void A_class_that_is_sealed_static_or_inherited_is_left_alone(string code) =>
        Shapes.Unsealed([CodeFile.Sample("src/Sample.cs", code)]).ShouldBeEmpty();

    [Theory]
    [InlineData("src/LofteEvents.Server/Sample.cs", 1)]
    [InlineData("src/LofteEvents.Cli/Sample.cs", 1)]
    [InlineData("src/LofteEvents/Sample.cs", 0)]
    public void A_public_type_is_found_at_the_leaves_only(string path, int found) =>
        Shapes.PublicAtTheLeaves(CodeFile.Sample(path, "public static class Sample { }")).Count().ShouldBe(found);

    [Theory]
    [InlineData("sealed class S { internal async Task Run() => await Task.Yield(); }", 1)]
    [InlineData("sealed class S { async Task RunAsync() => await Task.Yield(); }", 0)]
    [InlineData("interface I { ValueTask<int> ReadAsync(string id); }", 1)]
    [InlineData("static class S { public static IAsyncEnumerable<int> AllAsync() => null!; }", 1)]
    [InlineData("static class S { public static Task RunAsync(CancellationToken cancellationToken) => Task.CompletedTask; }", 0)]
    [InlineData("static class S { public static Task RunAsync(HttpContext context) => Task.CompletedTask; }", 0)]
    [InlineData("sealed class S : IAsyncDisposable { public ValueTask DisposeAsync() => default; }", 0)]
    [InlineData("sealed class S { int Count() => 1; }", 0)]
    public void An_async_method_without_a_token_is_found(string code, int found) =>
        Shapes.AsyncWithoutToken(CodeFile.Sample("src/LofteEvents.Server/Sample.cs", code)).Count().ShouldBe(found);

    [Fact]
    public void An_async_void_is_found() =>
        Shapes.AsyncVoid(CodeFile.Sample("src/Sample.cs", "sealed class S { async void Run() => await Task.Yield(); }"))
            .ShouldHaveSingleItem();

    [Theory]
    [InlineData("sealed class S { public int Decide() => 1; }")]
    [InlineData("static class S { public static Task<int> Evolve() => Task.FromResult(1); }")]
    [InlineData("static class S { public static async Task<int> Find(Task<int> task) => await task; }")]
    public void An_impure_function_of_the_core_is_found(string code)
    {
        Shapes.ImpureCore(CodeFile.Sample("src/LofteEvents/Sample.cs", code)).ShouldHaveSingleItem();
        Shapes.ImpureCore(CodeFile.Sample("src/LofteEvents.Postgres/Sample.cs", code)).ShouldBeEmpty();
    }
}
