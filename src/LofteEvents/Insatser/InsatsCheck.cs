namespace LofteEvents.Insatser;

/// <summary>What must hold of an insats' facts beyond their schema.</summary>
internal static class InsatsCheck
{
    public static List<Refusal> Plan(InsatsPlanned said, DecisionContext context) => Facts(said, context);

    public static List<Refusal> Report(InsatsReport said, DecisionContext context)
    {
        var faults = Facts(said, context);
        if (context.IsAhead(said.To))
        {
            faults.Add(new Refusal(
                "insats.in-the-future",
                $"An insats that ends at {said.To.Told()} cannot have been carried out yet; "
                    + "plan it with insats.planned.v1, or correct the time.",
                "/to"));
        }

        return faults;
    }

    private static List<Refusal> Facts(InsatsFacts said, DecisionContext context)
    {
        var faults = new List<Refusal>();
        if (said.To < said.From)
        {
            faults.Add(new Refusal(
                "insats.ends-before-it-starts",
                $"The insats starts at {said.From.Told()} and ends before that, at {said.To.Told()}; correct one of the times.",
                "/to"));
        }

        if (context.Areas.Unknown(said.Place.Area, "/place/area") is { } unknown)
            faults.Add(unknown);

        return faults;
    }
}
