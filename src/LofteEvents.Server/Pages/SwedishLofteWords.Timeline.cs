namespace LofteEvents.Server.Pages;

/// <summary>The words of the timeline.</summary>
internal sealed partial class SwedishLofteWords
{
    public override string Renewed => "Sidan har ändrats: nya uppgifter har kommit in.";

    public override string Timeline => "Vad som har hänt, och när vi fick veta det";

    public override string TimelineAbout =>
        "Det senast kända först. Rättelser och sent inkomna uppgifter syns, inget tas bort i efterhand.";

    public override string WholeTimeline(long total) => $"Visa hela tidslinjen ({total} händelser)";

    public override string Learnt => "Fick vi veta";

    public override string Happened => "Hände";

    public override string Means => "Betydelse";

    public override string LearntLater(int days) => $"{days} dagar senare";

    public override string CountsNow => "räknas";

    public override string CountsNot => "räknas inte";

    public override string ReplacedBy(long position) => $"ersatt av händelse nr {position}";

    public override string Replaces(long position) => $"i stället för händelse nr {position}";

    public override string Happening(string type) => type switch
    {
        "lofte.given.v1" => "Löftet gavs",
        "lofte.amended.v1" => "Löftet ändrades",
        "lofte.prolonged.v1" => "Löftet förlängdes",
        "lofte.ended.v1" => "Löftet avslutades i förtid",
        "commitment.hindered.v1" => "Ett hinder beslutades",
        "commitment.assessed.v1" => "En bedömning gjordes",
        "deliverable.completed.v1" => "Det utlovade blev klart",
        "deliverable.postponed.v1" => "Det utlovade sköts upp",
        "deliverable.voided.v1" => "Det utlovade var inte klart",
        "feedback.given.v1" => "Återkoppling gavs",
        "insats.planned.v1" => "Insats planerad",
        "insats.carried-out.v1" => "Insats genomförd",
        "insats.cancelled.v1" => "Planerad insats inställd",
        "insats.corrected.v1" => "Uppgift om insats rättad",
        "insats.voided.v1" => "Uppgift om insats struken",
        "forum.established.v1" => "Forum bildat",
        "forum.meeting-held.v1" => "Möte hållet",
        "forum.meeting-corrected.v1" => "Uppgift om möte rättad",
        "forum.meeting-voided.v1" => "Uppgift om möte struken",
        "forum.activity-agreed.v1" => "Aktivitet överenskommen",
        "forum.activity-completed.v1" => "Aktivitet genomförd",
        "request.received.v1" => "Önskemål mottaget",
        "request.answered.v1" => "Önskemål besvarat",
        "request.voided.v1" => "Önskemål struket",
        "indicator.measured.v1" => "Mätning",
        "indicator.voided.v1" => "Mätning struken",
        _ => type,
    };
}
