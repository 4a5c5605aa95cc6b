using LofteEvents.Server.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace LofteEvents.Tests.Server;

public sealed class The_servers_settings
{
    [Fact]
    public void Have_defaults_in_Development()
    {
        var settings = Read("Development", out _).ShouldNotBeNull();

        settings.Database.Connection.ShouldBeNull();
        settings.Engine.ShouldBe(EngineKind.Postgres);
        settings.Authority.ShouldBeNull();
        settings.Audience.ShouldBe("lofte");
        settings.Areas.Knows("norrmalm").ShouldBeTrue();
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public void Refuse_the_development_issuer_outside_Development(string environment)
    {
        Read(environment, out var faults).ShouldBeNull();

        faults.ShouldHaveSingleItem().ShouldContain("Lofte__Authority");
    }

    [Theory]
    [InlineData("Production", "https://login.example", true)]
    [InlineData("Production", "http://login.example", false)]
    [InlineData("Production", "urn:lofte:development", false)]
    [InlineData("Production", "login.example", false)]
    [InlineData("Development", "http://localhost:8080/realms/lofte", true)]
    public void Want_an_issuer_that_can_be_trusted(string environment, string authority, bool isTaken) =>
        (Read(environment, out _, ("Lofte:Authority", authority)) is not null).ShouldBe(isTaken);

    [Theory]
    [InlineData("postgres", true)]
    [InlineData("MySql", false)]
    [InlineData("1", false)]
    public void Know_the_engines(string engine, bool isTaken) =>
        (Read("Development", out _, ("Lofte:Engine", engine)) is not null).ShouldBe(isTaken);

    [Fact]
    public void Say_how_to_build_an_engine_that_is_not_in_this_build()
    {
        if (Read("Development", out var faults, ("Lofte:Engine", "CritterStack")) is null)
        {
            faults.ShouldHaveSingleItem().ShouldContain("-p:CritterStack=true");
        }
    }

    [Fact]
    public void Name_every_fault_at_once()
    {
        Read("Production", out var faults, ("Lofte:Engine", "MySql"), ("Lofte:Areas", "/no/such/file.json")).ShouldBeNull();

        faults.Count.ShouldBe(3);
    }

    private static ServerSettings? Read(
        string environment, out IReadOnlyList<string> faults, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(each => KeyValuePair.Create(each.Key, (string?)each.Value)))
            .Build();
        return ServerSettings.Read(configuration, new Environment(environment), out faults);
    }

    private sealed class Environment(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "LofteEvents.Server";

        public string ContentRootPath { get; set; } = AppContext.BaseDirectory;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
