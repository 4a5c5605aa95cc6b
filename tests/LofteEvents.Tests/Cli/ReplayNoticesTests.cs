using System.Text;
using LofteEvents.Notices;
using LofteEvents.Postgres.Replaying;
using LofteEvents.Tests.Server;

namespace LofteEvents.Tests.Cli;

public sealed class Replaying_notices(NoticesFixture world) : IClassFixture<NoticesFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Lofte Lofte => Lofte.Beside(world.Server);

    [Fact]
    public async Task Finds_their_documents_equal_and_names_what_a_superuser_changed()
    {
        await CaseAsync();
        await EqualAsync();

        await ExecuteAsync("UPDATE lofte.mt_doc_noticeoverview SET data = data || '{\"round\": 7}'");
        var changed = (await Lofte.RunAsync("replay")).ShouldExitWith(3);
        changed.Output.ShouldMatch(@"NoticeOverview \S+ /round\n  history: 1\n  live:    7\n");
        await ExecuteAsync("UPDATE lofte.mt_doc_noticeoverview SET data = data || '{\"round\": 1}'");
        await EqualAsync();

        await ExecuteAsync(
            "INSERT INTO lofte.mt_doc_noticeoverview (id, data) SELECT 'made-up', data FROM lofte.mt_doc_noticeoverview LIMIT 1");
        (await Lofte.RunAsync("replay")).ShouldExitWith(3).Output.ShouldContain("NoticeOverview made-up\n  history: nothing");
        await ExecuteAsync("DELETE FROM lofte.mt_doc_noticeoverview WHERE id = 'made-up'");
        await EqualAsync();
    }

    [Fact]
    public async Task Excuses_a_document_for_events_that_came_while_it_ran_and_for_nothing_else()
    {
        var id = await CaseAsync();
        var history = await world.Server.Store.ReadStreamAsync("notice/" + id, 0, 100, Ct).ToListAsync(Ct);
        history.Count.ShouldBeGreaterThan(1);
        await EqualAsync();

        (await DifferencesAtAsync(history[0].Position, history)).ShouldBe(0);
        (await DifferencesAtAsync(history[^1].Position, history[..1])).ShouldBeGreaterThan(0);
    }

    /// <summary>Compares what some events of a case come to with its document of now.</summary>
    private async Task<long> DifferencesAtAsync(long position, IEnumerable<StoredEvent> events)
    {
        var tally = new ReplayTally(null);
        var notices = new FoldedNotices(world.Server.Database.App, position, tally);
        foreach (var stored in events)
        {
            notices.Add(stored);
        }

        await notices.CloseAsync(Ct);
        return tally.Result(new ReplayPositions(position, position, position), 0, 0, notices.Count).DifferenceCount;
    }

    /// <returns>A case that an officer has decided on.</returns>
    private async Task<string> CaseAsync()
    {
        var id = world.Case(await world.InsatsWithYouthAsync(), NoticeAbout.Person, NoticeTo.Guardian);
        using var decision = new StringContent("""{"action":"send"}""", Encoding.UTF8, "application/json");
        using var answer = await world.Officer("norrmalm").PostAsync($"/api/v1/notices/{id}/decision", decision, Ct);
        answer.IsSuccessStatusCode.ShouldBeTrue();
        return id;
    }

    /// <summary>Once the projections have come as far as the log.</summary>
    private async Task EqualAsync()
    {
        await Eventually.BecomesAsync(
            "the projections are up to date",
            async _ => !(await Lofte.RunAsync("projections list --json")).Output.Contains("behind", StringComparison.Ordinal),
            Ct);
        (await Lofte.RunAsync("replay")).ShouldExitWith(0).Error.ShouldMatch(@" [1-9]\d* NoticeOverview");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = world.Server.Database.Owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
