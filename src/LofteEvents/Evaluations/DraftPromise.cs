using LofteEvents.Loften;

namespace LofteEvents.Evaluations;

/// <summary>A promise to begin the talks about the next one with, and why each line reads as it does.</summary>
public sealed record PromiseDraft(LofteDefinition Definition, IReadOnlyList<DraftedLine> Lines);

/// <param name="Reason">One Swedish sentence or two for whoever decides.</param>
public sealed record DraftedLine(string Commitment, DraftGround Ground, string Reason);

/// <summary>What in the outcome a drafted line answers.</summary>
public enum DraftGround
{
    Kept,
    OverDelivered,
    Missed,
    Hindered,
    NotMeasurable,
    NotTriggered,
}

/// <summary>
/// Proposes the next promise from what became of one. It raises what was far over-delivered and lowers nothing: that less is
/// promised than before is for people to decide.
/// </summary>
public static class DraftPromise
{
    /// <summary>Raised where at least this much of the promised number, in percent, was done.</summary>
    private const int FarOverPercent = 150;

    /// <param name="definition">As it read on the judged day.</param>
    /// <param name="report">What became of it.</param>
    /// <param name="year">In which the new term begins.</param>
    public static PromiseDraft From(LofteDefinition definition, EvaluationReport report, int year)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(report);
        var shift = new YearShift(year - definition.Term.From.Year);
        var drafted = definition.Commitments
            .Select(commitment => Line(
                commitment, report.Commitments.FirstOrDefault(one => one.Id == commitment.Id), shift))
            .ToList();
        var commitments = drafted.Select(one => one.Commitment).ToList();
        var evaluation = definition.Evaluation is { } window
            ? new EvaluationWindow(shift.Day(window.From), shift.Day(window.To), shift.Text(window.Text))
            : null;
        var draft = definition with
        {
            Id = YearShift.Id(definition.Id, definition.Term.From.Year, year),
            Title = shift.Text(definition.Title),
            Term = shift.Term(definition.Term),
            Source = null,
            Aims = [.. definition.Aims.Select(shift.Text)],
            Commitments = commitments,
            Evaluation = evaluation,
            Feedback = definition.Feedback is null
                ? null
                : [.. definition.Feedback.Select(promised => promised with
                {
                    By = shift.Day(promised.By),
                    Text = promised.Text is { } text ? shift.Text(text) : null,
                })],
        };
        return new PromiseDraft(
            draft with { Text = Published(draft, definition, report) }, [.. drafted.Select(one => one.Line)]);
    }

    private static (Commitment Commitment, DraftedLine Line) Line(
        Commitment commitment, EvaluatedCommitment? outcome, YearShift shift)
    {
        var follows = commitment.Follows?.Select(followed => Baseline(followed, outcome)).ToList();
        var next = commitment with
        {
            Text = shift.Text(commitment.Text),
            Rule = shift.Rule(commitment.Rule),
            Follows = follows,
        };
        var (ground, reason) = outcome is null
            ? (DraftGround.Kept, "Raden följer med som den är: utvärderingen säger inget om den.")
            : Ground(commitment, outcome);
        if (ground is DraftGround.OverDelivered && next.Rule is CountRule { AtLeast: { } old } count)
        {
            var raised = (int)outcome!.Judged.Done;
            next = next with
            {
                Text = SwedishNumber.Replace(next.Text, old, raised),
                Rule = count with { AtLeast = raised },
            };
        }

        return (next, new DraftedLine(commitment.Id, ground, reason));
    }

    /// <summary>What the new year is compared with is what was measured last.</summary>
    private static FollowedIndicator Baseline(FollowedIndicator followed, EvaluatedCommitment? outcome) =>
        outcome?.Judged.Follows?.FirstOrDefault(one => one.Indicator == followed.Indicator)?.Latest is { } latest
            ? followed with { Baseline = new IndicatorBaseline(latest.Value, latest.Source, latest.Day) }
            : followed;

    private static (DraftGround, string) Ground(Commitment commitment, EvaluatedCommitment outcome)
    {
        var judged = outcome.Judged;
        var done = $"{ReportWords.Number(judged.Done)} av {ReportWords.Number(judged.Target)}";
        if (outcome.Hindrances.Count > 0 && outcome.Verdict is not Verdict.Fulfilled)
        {
            return (DraftGround.Hindered,
                $"Hindrades ({done}): {outcome.Hindrances[^1].Reason} Talet står kvar; pröva om hindret är borta.");
        }

        if (outcome.Question is not null)
        {
            return (DraftGround.NotMeasurable,
                "Orden kan inte räknas, så en person måste bedöma. Överväg ett tal som säger vad som räcker: underlaget visar "
                + $"{ReportWords.Number(outcome.Events)} {ReportWords.Counted(outcome.Counts.Type, outcome.Events)}.");
        }

        return outcome.Verdict switch
        {
            Verdict.NotTriggered => (DraftGround.NotTriggered, "Blev inte aktuellt; raden följer med som den är."),
            Verdict.Fulfilled when commitment.Rule is CountRule { AtLeast: not null, Divide: null }
                && judged.Done * 100 >= judged.Target * FarOverPercent => (
                DraftGround.OverDelivered,
                $"Överträffades ({done}): talet höjs till det som gjordes. Sänk det om det krävde mer än området orkar igen."),
            Verdict.Fulfilled => (DraftGround.Kept, $"Hölls ({done}): talet står kvar."),
            _ => (DraftGround.Missed,
                $"Hölls inte, eller inte ännu ({done}): talet står kvar, eftersom ett lägre löfte är människors beslut. "
                + "Säg vad som ska bli annorlunda."),
        };
    }

    /// <summary>A text to work on, in which every line stands as the rules judge it.</summary>
    private static string Published(LofteDefinition draft, LofteDefinition earlier, EvaluationReport report)
    {
        var lines = new List<string>
        {
            draft.Title,
            "",
            $"UTKAST, framtaget ur utvärderingen av {earlier.Id} (bedömd {Days.Of(report.At.On)}, "
                + $"loggens plats {report.At.Position}).",
            "",
        };
        if (draft.Problems.Count > 0)
            lines.AddRange(["Problemen, utan inbördes rangordning:", .. draft.Problems.Select(problem => $"- {problem}"), ""]);

        lines.AddRange(["Vi lovar:", .. draft.Commitments.Select(commitment => $"- {commitment.Text}")]);
        if (draft.Aims.Count > 0)
            lines.AddRange(["", "Målet är att:", .. draft.Aims.Select(aim => $"- {aim}")]);
        if (draft.Evaluation is { } evaluation)
            lines.AddRange(["", evaluation.Text]);

        return string.Join('\n', lines);
    }
}
