using System.Text.Json;
using System.Text.Json.Serialization;
using LofteEvents.Notices;
using LofteEvents.Server.Access;
using Microsoft.Extensions.DependencyInjection;

namespace LofteEvents.Tests.Server.Channels;

/// <summary>A server whose workers run, with one recipient whose channels a test names.</summary>
internal sealed class NoticeServer : IAsyncDisposable
{
    public const string Recipient = "socialtjanst-norrmalm";
    public const string Secret = "whsec_bG9mdGUtdGVzdC1zZWNyZXQtbnVtYmVyLW9uZQ==";
    public const string OldSecret = "whsec_bG9mdGUtdGVzdC1zZWNyZXQtbnVtYmVyLXR3bw==";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly DirectoryInfo _files;

    private NoticeServer(LofteServer server, DirectoryInfo files) => (Server, _files) = (server, files);

    public LofteServer Server { get; }

    public string Channels => Path.Combine(_files.FullName, "channels");

    public static async Task<NoticeServer> StartAsync(
        IReadOnlyList<RecipientChannel> channels,
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? settings = null,
        Action<IServiceCollection>? replace = null)
    {
        var files = Directory.CreateTempSubdirectory("lofte-notices-");
        var recipients = Path.Combine(files.FullName, "recipients.json");
        await File.WriteAllTextAsync(recipients, Recipients(channels), cancellationToken);
        var all = new Dictionary<string, string>
        {
            ["Lofte:Recipients"] = recipients,
            ["Lofte:Workers:Enabled"] = "true",
            ["Lofte:Workers:FirstWaitSeconds"] = "1",
            ["Lofte:Channels:Folder"] = Path.Combine(files.FullName, "channels"),
            ["Lofte:Channels:Webhook:AllowInternal"] = "true",
            [$"Lofte:Channels:Webhook:Secrets:{Recipient}"] = Secret,
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string>())
        {
            all[key] = value;
        }

        return new NoticeServer(await LofteServer.StartAsync(cancellationToken, all, replace), files);
    }

    /// <summary>Publishes a youth narcotics insats, whose notice needs no decision.</summary>
    public async Task<string> PublishInsatsAsync(CancellationToken cancellationToken)
    {
        var id = CloudEventsOverHttp.NewId();
        (await Server.As(Roles.Publisher).PublishAsync(CloudEventsOverHttp.CarriedOut(id), cancellationToken)).ShouldBeTaken();
        return id;
    }

    /// <summary>What all cases' streams say, in order.</summary>
    public async Task<IReadOnlyList<NoticeEvent>> SaidAsync(CancellationToken cancellationToken)
    {
        var said = new List<NoticeEvent>();
        await foreach (var stored in Server.Store.ReadAllAsync(0, long.MaxValue, cancellationToken))
        {
            if (EventCatalogue.ToRecorded(stored).Event is NoticeEvent happened)
            {
                said.Add(happened);
            }
        }

        return said;
    }

    public Task SaysAsync<T>(CancellationToken cancellationToken)
        where T : NoticeEvent =>
        Eventually.BecomesAsync(
            $"a case says {typeof(T).Name}", async token => (await SaidAsync(token)).OfType<T>().Any(), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _files.Delete(recursive: true);
    }

    private static string Recipients(IReadOnlyList<RecipientChannel> channels) =>
        $$"""
        {
          "recipients": [
            {
              "id": "{{Recipient}}", "name": "Socialtjänsten på Norrmalm", "municipality": "0180",
              "channels": {{JsonSerializer.Serialize(channels, s_json)}}
            }
          ],
          "fallback": "{{Recipient}}",
          "guardians": ["phone", "letter"],
          "officers": [{ "area": "stockholm", "name": "Vakthavande befäl", "phone": "114 14" }]
        }
        """;
}
