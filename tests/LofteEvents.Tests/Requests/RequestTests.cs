using LofteEvents.Requests;
using static LofteEvents.Tests.Spec;

namespace LofteEvents.Tests.Requests;

public class A_request
{
    private static readonly RequestReceived Received = Sample.RequestReceived;
    private static readonly RequestAnswered Answered = Sample.RequestAnswered;
    private static readonly RequestVoided Voided = Sample.RequestVoided;

    [Fact]
    public void Is_received_once()
    {
        Given().When(Received).ThenRecorded();
        Given(Received).When(Received with { Tags = [.. Received.Tags!] }).ThenNothing();
        Given(Received, Answered).When(Received).ThenNothing();
        Given(Received).When(Received with { Kind = "patrullering" }).ThenRefused("request.already-received");
        Given(Received).When(Received with { Tags = null }).ThenRefused("request.already-received");
    }

    [Fact]
    public void Is_received_before_it_is_reported_and_from_an_area_of_the_deployment()
    {
        Given().At(Received.At.AddMinutes(-6)).When(Received).ThenRefused("request.in-the-future", "/at");
        Given().When(Received with { Place = new("atlantis") }).ThenRefused("area.unknown", "/place/area");
        Given().At(Received.At.AddDays(-1)).When(Received with { Place = new("atlantis") })
            .ThenRefusedWith("request.in-the-future", "area.unknown");
    }

    [Fact]
    public void Is_answered_once()
    {
        Given(Received).When(Answered).ThenRecorded();
        Given(Received, Answered).When(Answered with { Parties = [.. Answered.Parties!.Reverse()] }).ThenNothing();
        Given(Received, Answered).When(Answered with { Answer = "Ett annat svar." }).ThenRefused("request.already-answered");
    }

    [Fact]
    public void Is_answered_after_it_was_received_and_before_it_is_reported()
    {
        Given().When(Answered).ThenRefused("request.unknown");
        Given(Received).When(Answered with { At = Received.At }).ThenRecorded();
        Given(Received).When(Answered with { At = Received.At.AddSeconds(-1) })
            .ThenRefused("request.answered-before-received", "/at");
        Given(Received).At(Answered.At.AddMinutes(-6)).When(Answered).ThenRefused("request.in-the-future", "/at");
    }

    [Fact]
    public void Is_voided_once_and_for_good()
    {
        Given().When(Voided).ThenRefused("request.unknown");
        Given(Received).When(Voided).ThenRecorded();
        Given(Received, Answered).When(Voided).ThenRecorded();
        Given(Received, Voided).When(Voided).ThenNothing();
        Given(Received, Voided).When(new RequestVoided("Ett annat skäl.")).ThenRefused("request.already-voided");
        Given(Received, Voided).When(Received).ThenRefused("request.already-voided");
        Given(Received, Voided).When(Answered).ThenRefused("request.already-voided");
    }
}
