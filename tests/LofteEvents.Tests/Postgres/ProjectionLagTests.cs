using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using LofteEvents.Postgres.EventStore;
using LofteEvents.Postgres.Projections;
using LofteEvents.Tests.Contracts;
using Microsoft.Extensions.Logging.Abstractions;

namespace LofteEvents.Tests.Postgres;

public sealed class The_measured_lag_of_projections
{
    private static readonly AsyncLocal<bool> s_isOurs = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_that_of_the_real_newest_event_in_events_and_seconds()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var store = new PostgresEventStore(database.App);
        await store.AppendAsync(Said.Request(Said.NewStream(), 0, Said.Events(7)), Ct);
        var measured = new ConcurrentDictionary<(string Instrument, string Projection), double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name.StartsWith("lofte.projection.", StringComparison.Ordinal))
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };

        // Other tests' servers measure too: what is heard here is what is measured in this test's own flow.
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Heard(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Heard(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Heard(instrument, value, tags));
        listener.Start();

        s_isOurs.Value = true;
        var states = new ProjectionStates(database.App);
        await new ProjectionLag(states, TimeProvider.System, NullLogger.Instance).MeasureAsync(Ct);

        foreach (var projection in ProjectionNames.All)
        {
            measured[("lofte.projection.lag", projection)].ShouldBe(7);
            measured[("lofte.projection.lag_time", projection)].ShouldBeGreaterThan(0);
            measured[("lofte.projection.stopped", projection)].ShouldBe(0);
        }

        void Heard(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (s_isOurs.Value)
            {
                measured[(instrument.Name, (string)tags[0].Value!)] = value;
            }
        }
    }
}
