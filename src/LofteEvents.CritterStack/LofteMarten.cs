using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using LofteEvents.Loften;
using LofteEvents.Notices;
using LofteEvents.Postgres;
using LofteEvents.Postgres.Projections;
using Marten;
using Npgsql;

namespace LofteEvents.CritterStack;

/// <summary>
/// How Marten opens the database that the default engine made, so that its schema assertion finds nothing to change.
/// </summary>
public static class LofteMarten
{
    /// <param name="dataSource">Its session time zone must be UTC, which the schema sets for the database.</param>
    public static void Configure(StoreOptions options, NpgsqlDataSource dataSource, Areas areas)
    {
        options.Connection(dataSource);
        options.DatabaseSchemaName = LofteSchema.Name;

        // A running server changes no schema: MartenHosting.ApplySchemaAsync does, with the owner's role.
        options.AutoCreateSchemaObjects = AutoCreate.None;
        options.Events.StreamIdentity = StreamIdentity.AsString;

        // Quick would write the time at which the transaction began, which lies before the writer's lock was had: two commits
        // could then stand in another order by time than by position. This mode takes the time that we assign under the lock;
        // the tables are the same.
        options.Events.AppendMode = EventAppendMode.QuickWithServerTimestamps;
        options.Events.MetadataConfig.CorrelationIdEnabled = true;
        options.Events.MetadataConfig.CausationIdEnabled = true;
        options.Events.MetadataConfig.HeadersEnabled = true;
        foreach (var type in EventCatalogue.All)
        {
            options.Events.MapEventType(type.ClrType, type.Name);
        }

        options.Serializer(new CoreSerializer());
        options.DisableNpgsqlLogging = true;

        // This store alone runs no daemon; a process that does says so (MartenHosting).
        options.Projections.AsyncMode = DaemonMode.ExternallyManaged;
        options.Schema.For<LofteStatus>().Identity(status => status.Id);
        options.Schema.For<LofteOverview>().Identity(overview => overview.Id);
        options.Schema.For<NoticeOverview>().Identity(overview => overview.Id);
        options.Projections.Add(
            new DocumentPerStream<LofteOverview, LofteEvent>(LofteOverviewProjection.Project),
            ProjectionLifecycle.Async,
            ProjectionNames.LofteOverview,
            rebuild => rebuild.DeleteViewTypeOnTeardown<LofteOverview>());
        options.Projections.Add(
            new DocumentPerStream<NoticeOverview, NoticeEvent>(NoticeOverviewProjection.Project),
            ProjectionLifecycle.Async,
            ProjectionNames.NoticeOverview,
            rebuild => rebuild.DeleteViewTypeOnTeardown<NoticeOverview>());
        options.Projections.Add(
            new LofteStatusOnMarten(dataSource, areas), ProjectionLifecycle.Async, LofteStatusOnMarten.Name,
            rebuild =>
            {
                rebuild.DeleteViewTypeOnTeardown<LofteStatus>();
                rebuild.DeleteDataInTableOnTeardown("lofte.counted_fact");
            });
    }
}
