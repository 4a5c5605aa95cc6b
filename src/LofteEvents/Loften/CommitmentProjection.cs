using System.Text.Json;

namespace LofteEvents.Loften;

/// <summary>The part of <see cref="LofteStatusProjection"/> that concerns one commitment.</summary>
internal static class CommitmentProjection
{
    public static CommitmentStatus Given(Commitment commitment, DateOnly? from) => new()
    {
        Id = commitment.Id,
        Text = commitment.Text,
        Versions = [new RuleVersion(commitment.Rule, Tally.Empty, from)],
        SharesEventsWith = commitment.SharesEventsWith ?? [],
        Follows = commitment.Follows ?? [],
    };

    /// <summary>An amendment of the promise that leaves this commitment's rule as it was makes no new version of it.</summary>
    public static CommitmentStatus Amended(CommitmentStatus earlier, Commitment commitment, DateOnly from) => earlier with
    {
        Text = commitment.Text,
        SharesEventsWith = commitment.SharesEventsWith ?? [],
        Follows = commitment.Follows ?? [],
        Versions = Same(earlier.Versions[^1].Rule, commitment.Rule)
            ? earlier.Versions
            : [.. earlier.Versions, new RuleVersion(commitment.Rule, Tally.Empty, from)],
    };

    public static LofteStatus Project(LofteStatus status, Recorded<DomainEvent> happened) => happened.Event switch
    {
        CommitmentHindered said => Of(status, said.Commitment, commitment => commitment with
        {
            Hindrances = [.. commitment.Hindrances, new(said.On, said.Reason, said.DecidedBy, happened.Position)],
        }),
        CommitmentAssessed said => Of(status, said.Commitment, commitment => commitment with
        {
            Assessments =
            [
                .. commitment.Assessments,
                new(said.On, said.Outcome, said.Reasons, said.AssessedBy, said.Evidence ?? [], happened.Position),
            ],
        }),
        DeliverableCompleted said => Of(status, said.Commitment, commitment => commitment with
        {
            Delivery = new(said.On, happened.Position, said.Outcome),
        }),
        DeliverablePostponed said => Of(status, said.Commitment, commitment => commitment with
        {
            Postponements = [.. commitment.Postponements, new(said.To, said.Reason, happened.Position, happened.RecordedAt)],
        }),
        DeliverableVoided said => Of(status, said.Commitment, commitment => commitment with { Delivery = null }),
        _ => status,
    };

    /// <summary>
    /// The commitment with a fact added to (or, by sign −1, taken from) its tallies; the same instance where it does not count.
    /// </summary>
    public static CommitmentStatus Counted(CommitmentStatus commitment, CountedFact fact, int sign)
    {
        if (commitment.InForce(fact.Day) is not { } inForce)
            return commitment;

        RuleVersion[]? versions = null;
        for (var i = 0; i < commitment.Versions.Count; i++)
        {
            foreach (var (cell, amount, day) in commitment.Versions[i].Rule.Contributions(fact, inForce.Rule))
            {
                versions ??= [.. commitment.Versions];
                versions[i] = versions[i] with { Tally = versions[i].Tally.Add(cell, day ?? fact.Day, sign * amount) };
            }
        }

        return versions is null ? commitment : commitment with { Versions = versions };
    }

    private static LofteStatus Of(LofteStatus status, string id, Func<CommitmentStatus, CommitmentStatus> change) => status with
    {
        Commitments = [.. status.Commitments.Select(commitment => commitment.Id == id ? change(commitment) : commitment)],
    };

    private static bool Same(Rule one, Rule other) =>
        JsonSerializer.Serialize(one, LofteJson.Default.Rule) == JsonSerializer.Serialize(other, LofteJson.Default.Rule);
}
