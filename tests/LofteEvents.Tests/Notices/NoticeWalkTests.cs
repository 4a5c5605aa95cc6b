using LofteEvents.Notices;

namespace LofteEvents.Tests.Notices;

/// <summary>
/// Every state that a case can come to within a few steps, and everything that can be said in it or be asked of it: told by
/// walking, so that no pair is left out.
/// </summary>
public class Everything_said_to_a_case
{
    private const int LongestHistory = 6;

    private static readonly DateTimeOffset Now = new(2018, 3, 17, 1, 0, 0, TimeSpan.Zero);

    private static readonly OpenCase OfPerson = Need(NoticeAbout.Person, NoticeTo.Socialtjanst, 2);
    private static readonly OpenCase OfGuardian = Need(NoticeAbout.Person, NoticeTo.Guardian, 2);
    private static readonly OpenCase OfInsats = Need(NoticeAbout.Insats, NoticeTo.Socialtjanst, 1);

    /// <summary>
    /// What the law sends waits for nobody; what a guardian is told ends the case, and to try three ways takes more steps than
    /// are walked.
    /// </summary>
    private static readonly Dictionary<string, NoticeStage[]> NeverIn = new()
    {
        ["person"] = [],
        ["guardian"] = [NoticeStage.Delivered, NoticeStage.Unreachable],
        ["insats"] = [NoticeStage.ToDecide, NoticeStage.Postponed],
    };

    public static TheoryData<string> Cases => ["person", "guardian", "insats"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void In_whatever_state_is_recorded_known_or_refused_with_a_reason_and_said_again_is_nothing(string of)
    {
        var seen = new HashSet<NoticeStage>();
        foreach (var (history, state, said) in Walk(of))
        {
            seen.Add(state.Stage);
            var decision = Decide(history, said, state);

            foreach (var refusal in decision.Refusals)
            {
                refusal.Code.ShouldMatch("^notice\\.[a-z]+(-[a-z]+)*$");
                refusal.Sentence.ShouldEndWith(".");
            }

            (decision.IsRefused && said is NoticeWork).ShouldBeFalse("work is never refused");
            if (decision.Events.Count == 0)
                continue;

            var after = Recorded(history, decision.Events);
            var again = Decide(after, said, Fold(after));
            again.Events.ShouldBeEmpty($"{said} after {string.Join(", ", after.Select(each => each.Event.GetType().Name))}");
        }

        seen.ShouldBe(Enum.GetValues<NoticeStage>().Except(NeverIn[of]), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Leaves_work_that_comes_back_from_the_queue_and_a_list_that_agrees(string of)
    {
        foreach (var (history, state, _) in Walk(of).DistinctBy(step => step.History))
        {
            var before = NoticeCase.Initial("a");
            NoticeOverview? overview = null;
            foreach (var happened in history)
            {
                foreach (var work in NoticePolicy.React(before, happened))
                {
                    NoticeWork.FromJson(work.ToJson()).ShouldBe(work);
                    work.Key.Length.ShouldBeLessThanOrEqualTo(200);
                }

                before = before.After(happened);
                overview = NoticeOverviewProjection.Project(overview, happened);
            }

            foreach (var owed in NoticePolicy.Resume(before).OfType<Deliver>())
                NoticePolicy.IsOwed(before, owed).ShouldBeTrue();
            (overview is null).ShouldBe(state.Terms is null);
            if (overview is not null)
            {
                (overview.State, overview.WasTold, overview.IsCorrection, overview.Round, overview.ChannelIndex)
                    .ShouldBe((state.Stage, state.WasTold, state.IsCorrection, state.Round, state.ChannelIndex));
            }
        }
    }

    private static IEnumerable<(IReadOnlyList<Recorded<DomainEvent>> History, NoticeCase State, object Said)> Walk(string of)
    {
        var first = of switch { "person" => OfPerson, "guardian" => OfGuardian, _ => OfInsats };
        var open = new Queue<IReadOnlyList<Recorded<DomainEvent>>>([[]]);
        var known = new HashSet<string>();
        while (open.TryDequeue(out var history))
        {
            var state = Fold(history);
            foreach (var said in Alphabet(first, state))
            {
                yield return (history, state, said);
                var decision = Decide(history, said, state);
                var after = Recorded(history, decision.Events);
                if (decision.Events.Count > 0 && after.Count <= LongestHistory
                    && known.Add(string.Join('|', after.Select(each => Sample.Stored(each.Event)))))
                    open.Enqueue(after);
            }
        }
    }

    private static IEnumerable<object> Alphabet(OpenCase first, NoticeCase state)
    {
        yield return first;
        yield return first with { Need = first.Need with { Stated = 3, Cause = 3 } };
        yield return new WithdrawCase("a", 4);
        yield return new AskAgain("a", Clock.Fallback, state.FallbackAt);
        yield return new AskAgain("a", Clock.Deadline, state.Deadline);
        yield return new AskAgain("a", Clock.Postponement, Now.AddHours(2));
        yield return new DecideNotice(NoticeAction.Send, "o");
        yield return new DecideNotice(NoticeAction.Postpone, "o", "harms-inquiry", Now.AddHours(2));
        yield return new DecideNotice(NoticeAction.Waive, "o", "against-childs-best");
        yield return new RecordPersonsAttempt(new Guid(1, 0, 0, new byte[8]), "phone", AttemptOutcome.Reached, "o");
        yield return new RecordPersonsAttempt(new Guid(2, 0, 0, new byte[8]), "phone", AttemptOutcome.Failed, "o");
        yield return new RecordAttempted(state.CurrentAttempt, state.Channel ?? "webhook");
        yield return new RecordDelivered(state.CurrentAttempt, state.Channel ?? "webhook");
        yield return new RecordFailed(state.CurrentAttempt, state.Channel ?? "webhook", "410");
        yield return new AcknowledgeNotice("r");
    }

    private static Decision<NoticeEvent> Decide(IReadOnlyList<Recorded<DomainEvent>> history, object said, NoticeCase state)
    {
        var context = new NoticeContext(Now.AddMinutes(state.Round), NoticeWorld.Recipients, Sample.Areas);
        return said is NoticeWork work
            ? NoticeDecisions.Decide(history, work, context)
            : NoticeDecisions.Decide("a", history, (NoticeCommand)said, context);
    }

    private static NoticeCase Fold(IReadOnlyList<Recorded<DomainEvent>> history) =>
        history.Aggregate(NoticeCase.Initial("a"), (state, happened) => state.After(happened));

    private static List<Recorded<DomainEvent>> Recorded(
        IReadOnlyList<Recorded<DomainEvent>> history, IReadOnlyList<NoticeEvent> events) =>
        [.. history, .. events.Select((said, n) => new Recorded<DomainEvent>(
            history.Count + n + 1, Guid.Empty, "notice/a", history.Count + n + 1, said, Now, Now))];

    private static OpenCase Need(NoticeAbout about, NoticeTo to, long stated) => new("a", new NoticeNeed(
        about,
        NoticeWorld.Sergel,
        to,
        "norrmalm",
        [new NoticeGround("lul-5-suspected", "LUL 5 §", new DateOnly(2000, 1, 1), false)],
        60,
        Now,
        Now,
        ["harms-inquiry"],
        ["against-childs-best"],
        false,
        stated,
        stated,
        about == NoticeAbout.Person ? NoticeWorld.Sixteen.Person : null,
        "0180"));
}
