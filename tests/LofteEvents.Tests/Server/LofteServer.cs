using System.Net.Http.Headers;
using LofteEvents.Server.Access;
using LofteEvents.Server.Hosting;
using LofteEvents.Tests.Postgres;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace LofteEvents.Tests.Server;

/// <summary>The real server with its real Program, listening on a free port, on a fresh database.</summary>
public sealed class LofteServer : IAsyncDisposable
{
    private readonly WebApplicationFactory<ServerSettings> _factory;
    private readonly List<HttpClient> _clients = [];
    private readonly DirectoryInfo _data;

    private LofteServer(
        TestDatabase database, IReadOnlyDictionary<string, string> settings, Action<IServiceCollection> replace)
    {
        Database = database;
        _data = Directory.CreateTempSubdirectory("lofte-server-");
        _factory = new WebApplicationFactory<ServerSettings>().WithWebHostBuilder(host =>
        {
            host.UseEnvironment("Development");
            host.UseSetting("urls", "http://127.0.0.1:0");
            host.UseSetting("ConnectionStrings:Lofte", database.ConnectionString);
            host.UseSetting("Lofte:Data", _data.FullName);
            host.UseSetting("Logging:LogLevel:Default", "Warning");

            // Notices are events too: only the tests that are about them let them happen.
            host.UseSetting("Lofte:Workers:Enabled", "false");
            if (Environment.GetEnvironmentVariable("Lofte__Engine") is not null)
            {
                // The engine that the environment names may make objects of its own before it starts.
                host.UseSetting("ConnectionStrings:LofteOwner", database.OwnerConnectionString);
            }

            foreach (var (key, value) in settings)
            {
                host.UseSetting(key, value);
            }

            host.ConfigureTestServices(replace);
        });
        _factory.UseKestrel(0);
        _factory.StartServer();
    }

    public TestDatabase Database { get; }

    public IServiceProvider Services => _factory.Services;

    public IEventStore Store => Services.GetRequiredService<IEventStore>();

    /// <param name="settings">Configuration beside what every test needs, such as <c>Lofte:Audience</c>.</param>
    /// <param name="replace">Services to take the place of the server's own.</param>
    public static async Task<LofteServer> StartAsync(
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? settings = null,
        Action<IServiceCollection>? replace = null)
    {
        var database = await TestDatabase.CreateAsync(cancellationToken);
        return new LofteServer(database, settings ?? new Dictionary<string, string>(), replace ?? (_ => { }));
    }

    /// <summary>A client without a token.</summary>
    public HttpClient Anonymous()
    {
        var client = _factory.CreateClient();
        _clients.Add(client);
        return client;
    }

    /// <summary>A client whose token has one role; a publisher's covers <c>urn:lofte:demo</c>.</summary>
    public HttpClient As(string role) => With(new DevelopmentIdentity(
        $"test:{role}", $"Test {role}", [role], role == Roles.Publisher ? ["urn:lofte:demo"] : [], []));

    /// <summary>A client whose token says what is asked.</summary>
    internal HttpClient With(DevelopmentIdentity identity)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token(identity));
        return client;
    }

    internal string Token(DevelopmentIdentity identity, DateTimeOffset? now = null) =>
        Services.GetRequiredService<DevelopmentIssuer>().Issue(identity, now ?? TimeProvider.System.GetUtcNow());

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        await _factory.DisposeAsync();
        await Database.DisposeAsync();
        _data.Delete(recursive: true);
    }
}

/// <summary>
/// A server for all tests of a class: <c>class Foo(ServerFixture fixture) : IClassFixture&lt;ServerFixture&gt;</c>.
/// </summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private LofteServer? _server;

    public LofteServer Server => _server ?? throw new InvalidOperationException("The fixture was not initialised by the runner.");

    public async ValueTask InitializeAsync() => _server = await LofteServer.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
