using LofteEvents.Postgres.Subjects;
using LofteEvents.Server.Access;
using LofteEvents.Tests.Server;
using Microsoft.Extensions.DependencyInjection;
using static LofteEvents.Tests.Server.YoungPeopleOverHttp;

namespace LofteEvents.Tests.Cli;

public sealed class The_subject_verbs : IAsyncLifetime
{
    private readonly Guid _person = Guid.NewGuid();
    private LofteServer _server = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Lofte Lofte => Lofte.Beside(_server).With(
        "Lofte__MasterKeys", _server.Services.GetRequiredService<SubjectSettings>().MasterKeys);

    public async ValueTask InitializeAsync()
    {
        _server = await LofteServer.StartAsync(Ct);
        var publisher = _server.As(Roles.Publisher);
        (await publisher.PublishAsync(Youth(await publisher.NewInsatsAsync(Ct), _person), Ct)).ShouldBeTaken();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Forget_only_whom_they_are_told_to_and_only_with_yes()
    {
        var forget = $"subject forget {_person} --reason Beslut";

        (await Lofte.RunAsync(forget + " --dry-run")).ShouldExitWith(0).Error.ShouldContain("1 person with 1 sealed parts");
        (await Lofte.RunAsync(forget)).ShouldExitWith(2).Error.ShouldContain("--yes");
        (await KeysAsync()).ShouldBe(1);

        (await Lofte.RunAsync(forget + " --yes --json")).ShouldExitWith(0).Output.ShouldContain("\"sealedParts\": 1");
        (await KeysAsync()).ShouldBe(0);
        (await Lofte.RunAsync(forget + " --yes")).ShouldExitWith(0).Error.ShouldContain("forgotten already");
        (await Lofte.RunAsync($"subject forget {Guid.NewGuid()} --reason Beslut --yes")).ShouldExitWith(4);
        (await Lofte.RunAsync("subject forget kim --reason Beslut --yes")).ShouldExitWith(2);
    }

    [Fact]
    public async Task Rewrap_every_living_key_and_show_when_the_old_epoch_ends()
    {
        (await Lofte.RunAsync("subject rewrap --dry-run")).ShouldExitWith(0).Error.ShouldContain("1 persons' keys");
        (await Lofte.RunAsync("subject rewrap")).ShouldExitWith(2);
        (await Lofte.RunAsync("subject epochs")).ShouldExitWith(0).Output.ShouldBe("epoch 1: 1 keys, in use\n");

        (await Lofte.RunAsync("subject rewrap --yes")).ShouldExitWith(0);

        (await Lofte.RunAsync("subject epochs")).ShouldExitWith(0).Output
            .ShouldMatch(@"^epoch 1: 0 keys, ends \d{4}-\d\d-\d\d\nepoch 2: 1 keys, in use\n$");
    }

    [Fact]
    public async Task Forget_by_time_whom_the_classes_let_go()
    {
        (await Lofte.RunAsync("subject retention --dry-run")).ShouldExitWith(2).Error.ShouldContain("Lofte__Retention");
        using var rules = new TemporaryFile(
            "retention.json", """{"classes":[{"name":"alla","suspicions":["none","reasonable","probable"],"days":1}]}""");
        var lofte = Lofte.With("Lofte__Retention", rules.Path);

        (await lofte.RunAsync("subject retention --dry-run")).ShouldExitWith(0).Error
            .ShouldContain("0 persons are to be forgotten");
        (await KeysAsync()).ShouldBe(1);

        using var wrong = new TemporaryFile(
            "retention.json", """{"classes":[{"name":"alla","suspicions":["none"],"days":0}]}""");
        (await Lofte.With("Lofte__Retention", wrong.Path).RunAsync("subject epochs")).ShouldExitWith(2).Error
            .ShouldContain("0 days");
    }

    [Fact]
    public async Task Make_no_master_keys_where_they_find_none()
    {
        using var elsewhere = new TemporaryFile("empty.txt", "");
        var lofte = Lofte.With("Lofte__MasterKeys", Path.Combine(Path.GetDirectoryName(elsewhere.Path)!, "keys"));

        (await lofte.RunAsync("subject epochs")).ShouldExitWith(1).Error.ShouldContain("Lofte__MasterKeys");
        Directory.Exists(Path.Combine(Path.GetDirectoryName(elsewhere.Path)!, "keys")).ShouldBeFalse();
    }

    private async Task<long> KeysAsync()
    {
        await using var command = _server.Database.Owner.CreateCommand("SELECT count(*) FROM lofte.subject_key");
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }
}
