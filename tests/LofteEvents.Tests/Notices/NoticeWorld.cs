using LofteEvents.Insatser;
using LofteEvents.Notices;
using LofteEvents.Tests.Tidy;

namespace LofteEvents.Tests.Notices;

/// <summary>
/// A small world in memory: what is published goes to a log, the policy follows it in order, and the work that it asks for waits
/// until a test lets it be done: at once, late, twice or in another order. Machines deliver when a test says so.
/// </summary>
internal sealed class NoticeWorld
{
    public const string Sergel = "insats/2018-03-16-sergels-torg";

    private readonly Dictionary<string, NoticeState> _states = new(StringComparer.Ordinal);
    private readonly List<Recorded<DomainEvent>> _log = [];
    private readonly List<NoticeWork> _waiting = [];
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public static Recipients Recipients { get; } = Parse();

    public static YouthEncountered Sixteen { get; } = (YouthEncountered)Sample.Of("insats.youth-encountered.v1");

    public DateTimeOffset Now { get; private set; } = new(2018, 3, 17, 1, 0, 0, TimeSpan.Zero);

    public IReadOnlyList<Recorded<DomainEvent>> Log => _log;

    /// <summary>Work that nobody has done yet, in the order in which it was asked for.</summary>
    public IReadOnlyList<NoticeWork> Waiting => _waiting;

    public NoticeContext Context => new(Now, Recipients, Sample.Areas);

    /// <summary>The world after an insats of the kind that calls for notices; nothing of the work is done.</summary>
    public static NoticeWorld WithInsats() => new NoticeWorld().Say(Sample.InsatsCarriedOut with { Parties = null });

    /// <summary>The world after an insats in which one person was met; every case is open.</summary>
    public static NoticeWorld WithYouth(YouthFacts? young = null) => WithInsats().Say(young ?? Sixteen).DoAll();

    public NoticeWorld Say(DomainEvent said, DateTimeOffset? happenedAt = null, bool imported = false)
    {
        Append(Sergel, said, happenedAt ?? Now, imported);
        return this;
    }

    /// <summary>Time passes; nothing is done by that alone.</summary>
    public NoticeWorld After(TimeSpan time)
    {
        Now += time;
        return this;
    }

    public NoticeWorld AfterMinutes(int minutes) => After(TimeSpan.FromMinutes(minutes));

    /// <summary>Does what is due, and what that asks for, but deliveries and words to officers.</summary>
    public NoticeWorld DoAll()
    {
        while (_waiting.Find(work => !IsMessage(work) && (work.NotBefore ?? Now) <= Now) is { } next)
        {
            _waiting.Remove(next);
            Do(next);
        }

        return this;
    }

    /// <summary>Does one piece of work, whether or not it waits.</summary>
    public IReadOnlyList<NoticeEvent> Do(NoticeWork work)
    {
        var decision = NoticeDecisions.Decide(HistoryOf(work.Stream), NoticeWork.FromJson(work.ToJson()), Context);
        decision.Refusals.ShouldBeEmpty();
        foreach (var said in decision.Events)
            Append(work.Stream, said, Now, false);
        return decision.Events;
    }

    public Decision<NoticeEvent> Say(string notice, NoticeCommand command)
    {
        var decision = NoticeDecisions.Decide(notice, HistoryOf($"notice/{notice}"), command, Context);
        foreach (var said in decision.Events)
            Append($"notice/{notice}", said, Now, false);
        return decision;
    }

    /// <summary>A machine delivers what waits for it, if it is still owed.</summary>
    public NoticeWorld DeliverAll()
    {
        foreach (var work in Take<Deliver>())
        {
            if (NoticePolicy.IsOwed(StateOf(work.Stream), work))
                Say(work.Notice, new RecordDelivered(work.Attempt, work.Channel, "204")).Refusals.ShouldBeEmpty();
        }

        return DoAll();
    }

    public List<T> Take<T>()
        where T : NoticeWork
    {
        var taken = _waiting.OfType<T>().ToList();
        _waiting.RemoveAll(work => work is T);
        return taken;
    }

    /// <summary>The case that tells someone about the person, or where it is null about the insats.</summary>
    public NoticeCase Case(NoticeTo to, Guid? person) =>
        Cases.Last(each => each.Terms!.To == to && each.Terms.Person == person);

    public IEnumerable<NoticeCase> Cases => _states.Values.OfType<NoticeCase>().Where(each => each.Terms is not null);

    public NoticeState StateOf(string stream) => _states.GetValueOrDefault(stream) ?? NoticePolicy.Initial(stream);

    public IReadOnlyList<Recorded<DomainEvent>> HistoryOf(string stream) => [.. _log.Where(each => each.Stream == stream)];

    public IReadOnlyList<string> Told(string notice) =>
        [.. HistoryOf($"notice/{notice}").Select(each => each.Event.GetType().Name["Notice".Length..])];

    private void Append(string stream, DomainEvent said, DateTimeOffset happenedAt, bool imported)
    {
        var version = HistoryOf(stream).Count + 1;
        var stored = EventCatalogue.Of(said);
        var recorded = new Recorded<DomainEvent>(
            _log.Count + 1, Guid.Empty, stream, version, stored.Decode(stored.Encode(said)), happenedAt, Now, imported);
        _log.Add(recorded);
        var before = StateOf(stream);
        foreach (var work in NoticePolicy.React(before, recorded).Where(work => _asked.Add(work.Key)))
            _waiting.Add(work);
        _states[stream] = NoticePolicy.Evolve(before, recorded);
    }

    private static bool IsMessage(NoticeWork work) => work is Deliver or TellOfficer;

    private static Recipients Parse() =>
        Recipients.Parse(File.ReadAllBytes(Path.Combine(House.Root, "deploy", "recipients.json")), Sample.Areas, out _)!;
}
