using FsCheck;
using FsCheck.Fluent;

namespace LofteEvents.Tests.Contracts;

public abstract partial class EventStoreContract
{
    // What a request does to one of few streams: which, with what expectation relative to its version, how many events, with
    // which key.
    private static readonly Gen<Step> Steps =
        from stream in Gen.Choose(0, 2)
        from other in Gen.Choose(0, 5)
        from expectation in Gen.Elements<int?>(null, 0, 0, 0, -1, 1)
        from events in Gen.Choose(1, 3)
        from key in Gen.Choose(0, 12)
        select new Step(stream, other < 3 && other != stream ? other : null, expectation, events, key < 6 ? key : null);

    [Fact]
    public void Any_sequence_of_requests_gives_what_a_list_in_memory_gives() =>
        Prop.ForAll(Steps.ListOf().ToArbitrary(), BehavesLikeAListAsync)
            .Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(60));

    private async Task<bool> BehavesLikeAListAsync(IEnumerable<Step> steps)
    {
        var streams = Enumerable.Range(0, 3).Select(_ => Said.NewStream()).ToArray();
        var keys = Enumerable.Range(0, 6).Select(_ => Said.Keyed()).ToArray();
        var model = new LogModel();
        foreach (var step in steps)
        {
            var request = RequestOf(step, streams, keys, model);
            var expected = model.Append(request);
            var actual = await Store.AppendAsync(request, Token);
            if (!LogModel.Agree(expected, actual))
            {
                return false;
            }
        }

        foreach (var stream in streams)
        {
            if (!(await StreamAsync(stream)).Select(read => read.Id).SequenceEqual(model.IdsOf(stream)))
            {
                return false;
            }
        }

        return true;
    }

    private static AppendRequest RequestOf(Step step, string[] streams, NewEvent[] keys, LogModel model)
    {
        var events = Said.Events(step.Events);
        if (step.Key is { } key)
        {
            events[^1] = keys[key];
        }

        var stream = streams[step.Stream];
        var expected = step.Expectation is { } relative ? Math.Max(0, model.VersionOf(stream) + relative) : (long?)null;
        var first = new StreamAppend(stream, expected, events);
        return step.Other is { } other
            ? new AppendRequest([first, new StreamAppend(streams[other], null, Said.Events(1))])
            : new AppendRequest([first]);
    }

    private sealed record Step(int Stream, int? Other, int? Expectation, int Events, int? Key);
}
