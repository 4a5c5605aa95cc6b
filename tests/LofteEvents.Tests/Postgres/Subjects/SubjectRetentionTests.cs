using LofteEvents.Insatser;
using LofteEvents.Postgres.Subjects;
using LofteEvents.Subjects;
using LofteEvents.Tests.Tidy;

namespace LofteEvents.Tests.Postgres.Subjects;

public sealed class Retention_by_class : IAsyncLifetime
{
    private static readonly Retention Rules = new(
    [
        new RetentionClass("utan misstanke", [Suspicion.None], 365),
        new RetentionClass("misstänkt", [Suspicion.Reasonable], 1825),
    ]);

    private SubjectsWorld _world = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private SubjectRetention Retention => new(_world.Database.App, _world.Forgetting(), _world.Clock);

    public async ValueTask InitializeAsync() => _world = await SubjectsWorld.CreateAsync(Ct);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Forgets_when_the_last_class_of_a_person_has_run_out_and_nobody_else()
    {
        var (none, both, unruled) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await _world.MeetAsync(none, Ct, "none");
        await _world.MeetAsync(both, Ct, "none");
        await _world.MeetAsync(both, Ct, "reasonable");
        await _world.MeetAsync(unruled, Ct, "probable");
        var recorded = TimeProvider.System.GetUtcNow();

        _world.Clock.Set(recorded.AddDays(364));
        (await Retention.DueAsync(Rules, Ct)).ShouldBeEmpty();
        _world.Clock.Set(recorded.AddDays(366));
        var due = await Retention.DueAsync(Rules, Ct);
        due.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            each => each.Person.ShouldBe(none), each => each.Class.ShouldBe("utan misstanke"));

        (await Retention.RunAsync(due, "test", Ct)).ShouldBe(1);

        (await _world.Forgetting().PlanAsync(none, Ct)).State.ShouldBeOfType<Subject.Forgotten>()
            .Reason.ShouldBe("Gallring: utan misstanke.");
        _world.Clock.Set(recorded.AddDays(1826));
        (await Retention.DueAsync(Rules, Ct)).Select(each => each.Person).ShouldBe([both]);
    }

    [Fact]
    public async Task Waits_for_who_has_an_open_notice()
    {
        var person = Guid.NewGuid();
        await _world.MeetAsync(person, Ct, "none");
        await using (var open = _world.Database.Owner.CreateCommand(
            "INSERT INTO lofte.mt_doc_noticeoverview (id, data) VALUES ('n', jsonb_build_object("
            + "'state', 'to-decide', 'terms', jsonb_build_object('person', $1)))"))
        {
            open.Parameters.Add(new Npgsql.NpgsqlParameter<string> { TypedValue = person.ToString() });
            await open.ExecuteNonQueryAsync(Ct);
        }

        _world.Clock.Set(TimeProvider.System.GetUtcNow().AddDays(400));

        var due = await Retention.DueAsync(Rules, Ct);
        due.ShouldHaveSingleItem().HasOpenNotice.ShouldBeTrue();
        (await Retention.RunAsync(due, "test", Ct)).ShouldBe(0);
    }

    [Fact]
    public void Rules_that_ship_can_be_read_and_wrong_ones_say_why()
    {
        LofteEvents.Subjects.Retention.TryParse(
            File.ReadAllBytes(Path.Combine(House.Root, "deploy", "retention.json")), out _, out var fault)
            .ShouldBeTrue(fault);

        LofteEvents.Subjects.Retention.TryParse("{\"classes\":[]}"u8, out _, out fault).ShouldBeFalse();
        fault.ShouldBe("It names no class.");
        LofteEvents.Subjects.Retention.TryParse("{\"classes\":[{\"name\":\"a\"}]}"u8, out _, out _).ShouldBeFalse();
    }
}
