using LofteEvents.Postgres.Embedded;
using LofteEvents.Tests.Postgres;
using LofteEvents.Tests.Postgres.Embedded;
using Npgsql;

namespace LofteEvents.Tests.Cli;

public sealed class The_schema_verbs : IAsyncLifetime
{
    private TestDatabase database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Lofte Lofte => Lofte.Alone
        .With("ConnectionStrings__Lofte", database.ConnectionString)
        .With("ConnectionStrings__LofteOwner", database.OwnerConnectionString);

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync(Ct);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task A_database_of_this_version_is_found_equal_and_applying_changes_nothing()
    {
        (await Lofte.RunAsync("schema assert")).ShouldExitWith(0).Output.ShouldBeEmpty();
        (await Lofte.RunAsync("schema apply")).ShouldExitWith(0).Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_difference_ends_with_3_and_is_named_and_applying_mends_it()
    {
        await ExecuteAsync("DROP TABLE lofte.intake_key");

        var ran = await Lofte.RunAsync("schema assert");
        ran.ShouldExitWith(3).Output.ShouldContain("table intake_key: missing");
        (await Lofte.RunAsync("schema assert --json")).ShouldExitWith(3).Output.ShouldContain("\"differences\"");
        (await Lofte.RunAsync("check")).ShouldExitWith(3).Output.ShouldMatch(@"\nfault +schema ");

        (await Lofte.RunAsync("schema apply")).ShouldExitWith(0);
        (await Lofte.RunAsync("schema assert")).ShouldExitWith(0);
    }

    [Fact]
    public async Task What_is_dumped_makes_the_schema()
    {
        var dump = (await Lofte.RunAsync("schema dump")).ShouldExitWith(0).Output;
        await ExecuteAsync("DROP SCHEMA lofte CASCADE");
        await ExecuteAsync(dump);
        (await Lofte.RunAsync("schema assert")).ShouldExitWith(0);
    }

    [Fact]
    public async Task An_embedded_database_that_is_down_runs_for_as_long_as_a_command_takes()
    {
        await using var folder = await EmbeddedFolder.NewAsync(Ct);
        var lofte = Lofte.Alone.With("Lofte__Data", folder.Path);

        (await lofte.RunAsync("schema assert")).ShouldExitWith(3).Output.ShouldContain("schema lofte: missing");
        (await lofte.RunAsync("schema apply")).ShouldExitWith(0);
        (await lofte.RunAsync("check")).ShouldExitWith(0).Output.ShouldMatch(@"\nok +PostgreSQL +version .* \(embedded\)");

        var place = await folder.PlaceAsync(Ct);
        place.HasCluster.ShouldBeTrue();
        PostmasterPid.Read(place.Data).ShouldBeNull("it was stopped again");
    }

    [Fact]
    public async Task A_database_that_is_away_is_a_failure_with_a_sentence()
    {
        var away =
            Lofte.Alone.With("ConnectionStrings__Lofte", "Host=127.0.0.1;Port=9;Database=x;Username=x;Password=x;Timeout=5");
        (await away.RunAsync("schema assert")).ShouldExitWith(1).Error.ShouldStartWith("lofte: The database");
        (await away.RunAsync("check")).ShouldExitWith(1).Output.ShouldMatch(@"\nfault +PostgreSQL ");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, await database.Owner.OpenConnectionAsync(Ct));
        await using (command.Connection)
        {
            await command.ExecuteNonQueryAsync(Ct);
        }
    }
}
