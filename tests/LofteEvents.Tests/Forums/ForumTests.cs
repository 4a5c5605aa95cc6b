using LofteEvents.Forums;
using static LofteEvents.Tests.Spec;

namespace LofteEvents.Tests.Forums;

public class A_forum
{
    private static readonly ForumEstablished Established = Sample.ForumEstablished;
    private static readonly MeetingHeld Held = Sample.MeetingHeld;
    private static readonly MeetingCorrected Corrected = Sample.MeetingCorrected;
    private static readonly MeetingVoided Voided = Sample.MeetingVoided;
    private static readonly ActivityAgreed Agreed = Sample.ActivityAgreed;
    private static readonly ActivityCompleted Completed = Sample.ActivityCompleted;

    [Fact]
    public void Is_established_once()
    {
        Given().When(Established).ThenRecorded();
        Given(Established).When(Established with { Parties = [.. Established.Parties!.Reverse()] }).ThenNothing();
        Given(Established).When(Established with { Purpose = null }).ThenRefused("forum.already-established");
        Given(Established).When(Established with { Parties = [] }).ThenRefused("forum.already-established");
    }

    [Fact]
    public void Works_for_an_area_of_the_deployment() =>
        Given().When(Established with { Place = new("atlantis") }).ThenRefused("area.unknown", "/place/area");

    [Theory]
    [MemberData(nameof(AllButEstablished))]
    public void That_is_not_established_can_do_nothing(string name) => Given().When(Sample.Of(name)).ThenRefused("forum.unknown");

    public static TheoryData<string> AllButEstablished =>
        [.. EventCatalogue.All.Select(type =>
            type.Name).Where(name => name.StartsWith("forum.", StringComparison.Ordinal)).Skip(1)];

    [Fact]
    public void Meets_as_often_as_it_likes()
    {
        Given(Established).When(Held).ThenRecorded();
        Given(Established, Held).When(Held with { Meeting = "2018-03-14" }).ThenRecorded();
    }

    [Fact]
    public void Reports_a_meeting_once()
    {
        Given(Established, Held).When(Held with { Parties = [.. Held.Parties.Reverse()] }).ThenNothing();
        Given(Established, Held).When(Held with { LedTo = null }).ThenRefused("forum.meeting-already-held", "/meeting");
        Given(Established, Held).When(Held with { Topics = ["En annan punkt"] })
            .ThenRefused("forum.meeting-already-held", "/meeting");
    }

    [Fact]
    public void Knows_a_meetings_first_and_newest_report_again()
    {
        Given(Established, Held, Corrected).When(Held).ThenNothing();
        Given(Established, Held, Corrected).When(Held with { Parties = Corrected.Parties }).ThenNothing();
    }

    [Fact]
    public void Reports_a_meeting_when_it_has_begun_and_not_before()
    {
        Given(Established).At(Held.At).When(Held).ThenRecorded();
        Given(Established).At(Held.At.AddMinutes(-6)).When(Held).ThenRefused("forum.in-the-future", "/at");
    }

    [Fact]
    public void Meets_in_an_area_of_the_deployment_or_says_none()
    {
        Given(Established).When(Held with { Place = new("atlantis") }).ThenRefused("area.unknown", "/place/area");
        Given(Established).When(Held with { Place = null }).ThenRecorded();
        Given(Established).At(Held.At.AddDays(-1)).When(Held with { Place = new("atlantis") })
            .ThenRefusedWith("forum.in-the-future", "area.unknown");
    }

    [Fact]
    public void Corrects_a_meeting_that_was_held()
    {
        Given(Established, Held).When(Corrected).ThenRecorded();
        Given(Established, Held, Corrected).When(Corrected with { Reason = "Ett annat skäl." }).ThenNothing();
        Given(Established).When(Corrected).ThenRefused("forum.meeting-unknown", "/meeting");
        Given(Established, Held, Voided).When(Corrected).ThenRefused("forum.meeting-voided", "/meeting");
        Given(Established, Held).When(Corrected with { Place = new("atlantis") }).ThenRefused("area.unknown", "/place/area");
    }

    [Fact]
    public void Voids_a_meeting_once_and_for_good()
    {
        Given(Established, Held, Corrected).When(Voided).ThenRecorded();
        Given(Established, Held, Voided).When(Voided).ThenNothing();
        Given(Established, Held, Voided).When(Voided with { Reason = "Ett annat skäl." })
            .ThenRefused("forum.meeting-voided", "/meeting");
        Given(Established, Held, Voided).When(Held).ThenRefused("forum.meeting-voided", "/meeting");
        Given(Established).When(Voided).ThenRefused("forum.meeting-unknown", "/meeting");
    }

    [Fact]
    public void Agrees_on_an_activity_at_a_meeting_that_was_held()
    {
        Given(Established, Held).When(Agreed).ThenRecorded();
        Given(Established).When(Agreed).ThenRefused("forum.meeting-unknown", "/meeting");
        Given(Established, Held, Voided).When(Agreed).ThenRefused("forum.meeting-voided", "/meeting");
    }

    [Fact]
    public void Agrees_on_an_activity_once()
    {
        Given(Established, Held, Agreed).When(Agreed with { }).ThenNothing();
        Given(Established, Held, Agreed).When(Agreed with { Due = null })
            .ThenRefused("forum.activity-already-agreed", "/activity");
    }

    [Fact]
    public void Keeps_an_activity_of_a_meeting_that_was_voided_afterwards()
    {
        Given(Established, Held, Agreed, Voided).When(Agreed).ThenNothing();
        Given(Established, Held, Agreed, Voided).When(Completed).ThenRecorded();
    }

    [Fact]
    public void Completes_an_activity_that_was_agreed_on()
    {
        Given(Established, Held, Agreed).When(Completed).ThenRecorded();
        Given(Established, Held).When(Completed).ThenRefused("forum.activity-unknown", "/activity");
        Given(Established, Held, Agreed).At(Completed.At.AddMinutes(-6)).When(Completed)
            .ThenRefused("forum.in-the-future", "/at");
    }

    [Fact]
    public void Completes_an_activity_once()
    {
        Given(Established, Held, Agreed, Completed).When(Completed with { }).ThenNothing();
        Given(Established, Held, Agreed, Completed).When(Completed with { Outcome = null })
            .ThenRefused("forum.activity-already-completed", "/activity");
    }
}
