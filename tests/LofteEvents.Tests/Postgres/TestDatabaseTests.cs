using Npgsql;

namespace LofteEvents.Tests.Postgres;

public class A_test_database(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Is_empty_of_what_another_test_wrote()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using (var write = fixture.Database.Owner.CreateCommand("CREATE TABLE public.mark ()"))
        {
            await write.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var other = await TestDatabase.CreateAsync(cancellationToken);
        await using var read = other.Owner.CreateCommand("SELECT to_regclass('public.mark') IS NULL");
        (await read.ExecuteScalarAsync(cancellationToken)).ShouldBe(true);
    }

    [Fact]
    public async Task Gives_the_server_s_connection_no_right_to_change_the_schema()
    {
        await using var command = fixture.Database.App.CreateCommand("CREATE TABLE public.mine ()");
        var refused = await Should.ThrowAsync<PostgresException>(
            () => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }
}
