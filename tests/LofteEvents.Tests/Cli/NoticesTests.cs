using LofteEvents.Notices;
using LofteEvents.Tests.Server;

namespace LofteEvents.Tests.Cli;

public sealed class Notices_on_the_command_line(NoticesFixture world) : IClassFixture<NoticesFixture>
{
    private Lofte Lofte => Lofte.Beside(world.Server);

    [Fact]
    public async Task Take_an_officer_through_a_whole_case()
    {
        var insats = await world.InsatsWithYouthAsync();
        var id = world.Case(insats, NoticeAbout.Person, NoticeTo.Guardian);
        await Eventually.BecomesAsync(
            "the list shows the case",
            async _ => (await Lofte.RunAsync("notices list --state to-decide --overdue")).Output
                .Contains(id, StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        (await Lofte.RunAsync($"notices attempt {id} phone reached")).ShouldExitWith(5).Error.ShouldContain("decide first");
        (await Lofte.RunAsync($"notices decide {id} waive --ground for-fun"))
            .ShouldExitWith(5).Error.ShouldContain("against-childs-best (telling the guardian would be against");

        (await Lofte.RunAsync($"notices decide {id} send")).ShouldExitWith(0).Output.ShouldContain($"{id}: sending, ");
        (await Lofte.RunAsync($"notices attempt {id} phone not-reached --note Ingen")).ShouldExitWith(0);
        (await Lofte.RunAsync($"notices attempt {id} phone reached"))
            .ShouldExitWith(0).Output.ShouldContain($"{id}: closed, told");
        var shown = (await Lofte.RunAsync($"notices show {id}")).ShouldExitWith(0);

        shown.Output.ShouldContain("attempted");
        shown.Output.ShouldContain("Ingen");
        shown.Output.ShouldContain("(row not verified)");
        shown.Output.Split('\n').ShouldAllBe(line => line.Length <= 110);
        (await Lofte.RunAsync($"notices content {id}")).ShouldExitWith(0).Output.ShouldContain("\"ageAtDeed\":16");
        (await Lofte.RunAsync($"notices acknowledge {id}")).ShouldExitWith(5);
        (await Lofte.RunAsync("notices show nowhere")).ShouldExitWith(4);
    }
}
