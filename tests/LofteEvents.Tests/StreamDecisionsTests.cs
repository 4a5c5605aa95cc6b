using LofteEvents.Evaluations;
using LofteEvents.Indicators;
using LofteEvents.Insatser;
using LofteEvents.Loften;
using LofteEvents.Requests;
using LofteEvents.Subjects;
using LofteEvents.Forums;
using static LofteEvents.Tests.Spec;

namespace LofteEvents.Tests;

/// <summary>
/// Every state that a stream can come to within three events, and everything that can be said in it: told by walking, so that no
/// pair of state and event is left out.
/// </summary>
public class Stream_decisions
{
    private const int LongestHistory = 3;

    /// <summary>
    /// A case is asked by commands and work, through a door of its own; the log itself goes on by a ceremony of its operator.
    /// </summary>
    public static TheoryData<string> Prefixes =>
        [.. EventCatalogue.All.Select(type => type.StreamPrefix).Where(prefix => prefix is not ("notice" or "log")).Distinct()];

    [Theory]
    [MemberData(nameof(Prefixes))]
    public void Whatever_is_said_in_whatever_state_is_recorded_known_or_refused_with_a_reason(string prefix)
    {
        foreach (var (history, said) in Walk(prefix))
        {
            var decision = Given([.. history]).When(said).Decision;

            foreach (var refusal in decision.Refusals)
            {
                refusal.Code.ShouldMatch("^[a-z]+\\.[a-z]+(-[a-z]+)*$");
                refusal.Sentence.ShouldEndWith(".");
                (refusal.Pointer ?? "/").ShouldStartWith("/");
            }

            (decision.IsRefused && decision.Events.Count > 0).ShouldBeFalse();
            decision.Events.Select(Sample.Stored).ShouldBeSubsetOf([Sample.Stored(said)]);
        }
    }

    [Theory]
    [MemberData(nameof(Prefixes))]
    public void What_was_recorded_gives_nothing_when_it_is_said_again(string prefix)
    {
        foreach (var (history, said) in Walk(prefix))
        {
            if (Given([.. history]).When(said).Decision is { Events.Count: > 0 } decision)
                Given([.. history, .. decision.Events]).When(said).ThenNothing();
        }
    }

    [Theory]
    [MemberData(nameof(Prefixes))]
    public void Everything_that_can_be_said_can_be_recorded_in_some_state(string prefix)
    {
        var recorded = Walk(prefix)
            .Where(step => Given([.. step.History]).When(step.Said).Decision.Events.Count > 0)
            .Select(step => EventCatalogue.Of(step.Said).Name)
            .Distinct();

        recorded.ShouldBe(
            EventCatalogue.All.Where(type => type.StreamPrefix == prefix).Select(type => type.Name), ignoreOrder: true);
    }

    /// <summary>
    /// An old log may hold what no decision of today would record: it folds, and what is said then is still decided.
    /// </summary>
    [Theory]
    [MemberData(nameof(Prefixes))]
    public void Any_history_folds_even_one_that_was_never_decided(string prefix)
    {
        var alphabet = Alphabet(prefix);
        foreach (var first in alphabet)
        {
            foreach (var second in alphabet)
            {
                foreach (var said in alphabet)
                    Should.NotThrow(() => Given(first, second).When(said));
            }
        }
    }

    /// <summary>
    /// Each recordable history of at most <see cref="LongestHistory"/> events, with each thing that can be said after it.
    /// </summary>
    private static IEnumerable<(IReadOnlyList<DomainEvent> History, DomainEvent Said)> Walk(string prefix)
    {
        var alphabet = Alphabet(prefix);
        var open = new Queue<IReadOnlyList<DomainEvent>>([[]]);
        while (open.TryDequeue(out var history))
        {
            foreach (var said in alphabet)
            {
                yield return (history, said);
                if (history.Count < LongestHistory && Given([.. history]).When(said).Decision is { Events.Count: > 0 } decision)
                    open.Enqueue([.. history, .. decision.Events]);
            }
        }
    }

    /// <summary>Every kind of event of a stream, with the facts of its golden file and with others.</summary>
    private static List<DomainEvent> Alphabet(string prefix) =>
        [.. EventCatalogue.All
            .Where(type => type.StreamPrefix == prefix)
            .Select(type => Sample.Of(type.Name))
            .SelectMany(said => new[] { said, WithOtherFacts(said) })];

    private static DomainEvent WithOtherFacts(DomainEvent said) => said switch
    {
        LofteGiven given => new LofteGiven(given.Definition with { Title = "Ett annat löfte" }),
        LofteAmended amended => amended with
        {
            EffectiveFrom = amended.EffectiveFrom.AddMonths(1),
            Definition = amended.Definition with { Title = "Ett ändrat löfte" },
        },
        LofteProlonged prolonged => prolonged with { To = prolonged.To.AddMonths(1) },
        LofteEnded ended => ended with { On = ended.On.AddMonths(1) },
        CommitmentHindered hindered => hindered with { Reason = "Ett annat skäl." },
        CommitmentAssessed assessed => assessed with { Outcome = Assessment.Partly },
        DeliverableCompleted completed => completed with { Outcome = "Något annat." },
        DeliverablePostponed postponed => postponed with { To = postponed.To.AddMonths(1) },
        DeliverableVoided voided => voided with { Reason = "Ett annat skäl." },
        FeedbackGiven feedback => feedback with { To = FeedbackAudience.Staff },
        InsatsPlanned planned => planned with { Title = "En annan insats" },
        InsatsCarriedOut carriedOut => carriedOut with { MinorsEncountered = 7 },
        InsatsCorrected corrected => corrected with { Hours = 43.5m },
        InsatsCancelled => new InsatsCancelled("Ett annat skäl."),
        YouthEncountered encountered => encountered with { AgeAtDeed = 17 },
        YouthCorrected corrected => corrected with { AgeAtDeed = 14 },
        InsatsVoided => new InsatsVoided("Ett annat skäl."),
        ForumEstablished established => established with { Name = "Ett annat forum" },
        MeetingHeld held => held with { Meeting = "2018-05-16" },
        MeetingCorrected corrected => corrected with { Topics = ["En annan punkt"] },
        MeetingVoided voided => voided with { Reason = "Ett annat skäl." },
        ActivityAgreed agreed => agreed with { Meeting = "2018-05-16" },
        ActivityCompleted completed => completed with { Outcome = "Något annat." },
        RequestReceived received => received with { Tags = null },
        RequestAnswered => new RequestAnswered(Sample.Now.AddDays(-1), RequestOutcome.Waived, Ground: "Förundersökning pågår."),
        RequestVoided => new RequestVoided("Ett annat skäl."),
        IndicatorMeasured measured => measured with { Measurement = "2018-spring", Value = 60 },
        IndicatorVoided voided => voided with { Reason = "Ett annat skäl." },
        EvaluationOpened opened => opened with { On = opened.On.AddDays(-1) },
        EvaluationFinalized finalized => finalized with { Summary = "Något annat." },
        SubjectKeyCreated created => created with { KeyId = Guid.Empty },
        SubjectKeyDestroyed destroyed => destroyed with { Reason = "Ett annat skäl." },
        AccessRead read => read with { Opening = Guid.Empty },
        _ => throw new ArgumentOutOfRangeException(nameof(said), said.GetType().Name, "Say it with other facts here too."),
    };
}
