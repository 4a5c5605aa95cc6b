using System.Collections.Immutable;
using System.Reflection;

namespace LofteEvents.Tests.Tidy;

public class Public_types
{
    private static readonly string[] Users = ["LofteEvents.Postgres", "LofteEvents.CritterStack", "LofteEvents.Server", "lofte"];

    [Theory]
    [InlineData("LofteEvents")]
    [InlineData("LofteEvents.Postgres")]
    public void Each_is_needed_by_another_project(string owner) =>
        House.MustKeep(NeededOutside.PublicWithoutNeed(
            Assembly.Load(owner), Users.Where(user => user != owner).Select(Bytes), NeededOutside.AheadOfItsUse));

    [Fact]
    public void One_that_nobody_needs_is_found_and_what_a_needed_one_shows_is_not()
    {
        const string Owned =
            """
            public sealed class Named { public IReadOnlyList<Shown> All() => []; }
            public abstract record Shown;
            public sealed record OneOfThem : Shown;
            public sealed class Unneeded;
            internal sealed class Inside;
            """;
        var owner = CodeFile.CompileSample("Owner", "namespace Owned;" + Owned);
        var user = CodeFile.CompileSample("User", "public class C { public Owned.Named N = new(); }", owner);

        NeededOutside.PublicWithoutNeed(Assembly.Load(owner), [[.. user]], new Dictionary<string, string>())
            .ShouldHaveSingleItem().Path.ShouldBe("Owned.Unneeded");
        NeededOutside.PublicWithoutNeed(
            Assembly.Load(owner), [[.. user]], new Dictionary<string, string> { ["Owned"] = "a reason" }).ShouldBeEmpty();
    }

    private static ImmutableArray<byte> Bytes(string assembly) => [.. File.ReadAllBytes(Assembly.Load(assembly).Location)];
}
