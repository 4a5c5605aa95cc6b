using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using LofteEvents.Postgres.Subjects;
using LofteEvents.Server.Access;
using LofteEvents.Tests.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static LofteEvents.Tests.Server.CloudEventsOverHttp;
using static LofteEvents.Tests.Server.YoungPeopleOverHttp;

namespace LofteEvents.Tests.Server;

public sealed class The_clear_text
{
    private const string Name = "Xenofontia Hemligsdotter";
    private const string Number = "19991231-9876";
    private const string Title = "Xylofonspelarnas insats";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>
    /// Sealed, opened, corrected, refused and forgotten at the loudest log level; then every byte that the cluster keeps, its
    /// write-ahead log included, is searched. That the search finds what is there shows the insats' title.
    /// </summary>
    [Fact]
    public async Task Of_what_is_sealed_is_nowhere_in_the_databases_files_nor_in_logs_nor_in_answers()
    {
        var heard = new Heard();
        await using var server = await LofteServer.StartAsync(
            Ct,
            new Dictionary<string, string> { ["Logging:LogLevel:Default"] = "Trace" },
            services => services.AddSingleton<ILoggerProvider>(heard));
        var publisher = server.As(Roles.Publisher);
        var answers = await LiveThroughAsync(server, publisher);

        var files = await FilesAsync(server.Database);

        string[] forms = [Name, Number, Hex(Name), Base64(Name)];
        files.Count(file => Holds(file, Title)).ShouldBeGreaterThan(0);
        foreach (var form in forms)
        {
            files.Where(file => Holds(file, form)).ShouldBeEmpty(form);
            heard.Lines.Where(line => line.Contains(form, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
            answers.Where(answer => answer.Body.ToString().Contains(form, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
        }

        heard.Lines.ShouldContain(line => line.Contains("Took 1 events", StringComparison.Ordinal));
    }

    private static async Task<List<Answer>> LiveThroughAsync(LofteServer server, HttpClient publisher)
    {
        var (person, id) = (Guid.NewGuid(), NewId());
        var said = Youth($"insats/{id}", person, Sealed(Name, Number));
        List<Answer> answers =
        [
            await publisher.PublishAsync(CarriedOut(id).With(it => it["data"]!["title"] = Title), Ct),
            await publisher.PublishAsync(said, Ct),
            await publisher.PublishAsync(said, Ct),
            await publisher.PublishAsync(Corrected($"insats/{id}", person, Sealed(Name)), Ct),
            await publisher.PublishAsync(said.With(it => it["data"]!["sealed"]!["name"] = Name + " den andra"), Ct),
            await publisher.PublishAsync(said.With(it => (it["id"], it["data"]!["sealed"]![Name]) = (NewId(), Name)), Ct),
            await publisher.PublishAsync(said.With(it => (it["id"], it["data"]!["ageAtDeed"]) = (NewId(), Name.Length)), Ct),
        ];
        answers.Select(answer => answer.Status).ShouldBe([201, 201, 200, 201, 409, 422, 409]);

        var stored = await server.Store.ReadStreamAsync($"insats/{id}", 1, 1, Ct).SingleAsync(Ct);
        var parts = server.Services.GetRequiredService<SealedParts>();
        var opened = await parts.OpenAsync(stored.Stream, stored.Id, "notice/1", "officer", Ct);
        JsonNode.Parse(opened.ShouldBeOfType<OpenedPart.Opened>().Json.Span)!["name"]!.GetValue<string>().ShouldBe(Name);
        opened.ToString().ShouldNotContain(Name);

        await server.Services.GetRequiredService<SubjectForgetting>().ForgetAsync(person, "Beslut.", "test", Ct);
        answers.Add(await publisher.PublishAsync(said.With(it => it["id"] = NewId()), Ct));
        answers[^1].Code.ShouldBe("subject.forgotten");
        return answers;
    }

    /// <summary>The database's own files and the write-ahead log, behind a checkpoint.</summary>
    private static async Task<List<byte[]>> FilesAsync(TestDatabase database)
    {
        var cluster = await PostgresCluster.StartedAsync(Ct);
        await using (var command = database.Owner.CreateCommand(
            "SELECT oid::bigint FROM pg_database WHERE datname = current_database()"))
        {
            var oid = (long)(await command.ExecuteScalarAsync(Ct))!;
            await cluster.ExecuteAsync("CHECKPOINT", Ct);
            var folders = new[] { Path.Combine(cluster.Files, "base", $"{oid}"), Path.Combine(cluster.Files, "pg_wal") };
            return [.. folders.SelectMany(folder => Directory.GetFiles(folder)).Select(File.ReadAllBytes)];
        }
    }

    private static bool Holds(byte[] file, string text) => file.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    private static string Hex(string text) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text))[..^4];

    private sealed class Heard : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Lines.Enqueue(state.ToString() ?? "");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            Microsoft.Extensions.Logging.EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
