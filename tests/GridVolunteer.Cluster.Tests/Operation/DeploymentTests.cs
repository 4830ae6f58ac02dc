using System.Text.RegularExpressions;
using GridVolunteer.Cluster.Hosting;
using GridVolunteer.Cluster.Storage;
using GridVolunteer.Cluster.Tests.Redis;
using YamlDotNet.RepresentationModel;

namespace GridVolunteer.Cluster.Tests.Operation;

/// <summary>
/// The files that containers are made from, as far as they can be judged without a container engine: they are
/// well formed, sparing with rights, and what they start is there and takes the options it is given.
/// </summary>
public sealed partial class DeploymentTests
{
    private static readonly string[] Dockerfiles = ["deploy/silo/Dockerfile", "deploy/gateway/Dockerfile"];

    private readonly ComposeFile _compose = new();

    [Fact]
    public void EveryService_IsPinned_Unprivileged_Checked_AndStartedAgain() => Assert.All(
        _compose.Services.Values, service =>
        {
            Assert.Matches(Pinned(), ComposeFile.Text(service, "image"));
            Assert.Matches("^[1-9h]", ComposeFile.Text(service, "user")); // A number above 0, or haproxy.
            Assert.Equal("true", ComposeFile.Text(service, "read_only"));
            Assert.Equal(["ALL"], ComposeFile.List(service, "cap_drop"));
            Assert.Equal(["no-new-privileges:true"], ComposeFile.List(service, "security_opt"));
            Assert.Equal("unless-stopped", ComposeFile.Text(service, "restart"));
            Assert.Equal("CMD", HealthCheck(service)[0]);
            Assert.Matches("^[0-9]+s$", ComposeFile.Text(service, "stop_grace_period"));
            Assert.Matches("^[0-9]+g$", ComposeFile.Text(service, "mem_limit"));
        });

    [Fact]
    public void ImagesThatAreBuilt_StandOnPinnedOnes_AndFindWhatTheyCopy() => Assert.All(Dockerfiles, path =>
    {
        var file = Dockerfile.Read(path);
        Assert.All(file.Bases, image => Assert.Matches(Pinned(), image));
        Assert.NotEqual("root", file.User);
        Assert.All(file.Copied, copied => Assert.True(
            File.Exists(RepositoryFiles.Path(copied)) || Directory.Exists(RepositoryFiles.Path(copied)), copied));

        // And it is not kept from the build.
        var let = File.ReadAllLines(RepositoryFiles.Path(".dockerignore")).Where(line => line.StartsWith('!'))
            .Select(line => line[1..]).ToArray();
        Assert.All(file.Copied, copied => Assert.Contains(
            let, allowed => $"{copied.TrimStart('.', '/')}/".StartsWith(allowed.TrimStart('.') + "/", StringComparison.Ordinal)));
        Assert.All(
            _compose.Services.Values.Where(service => service.Children.ContainsKey("build")), service =>
                Assert.Contains(ComposeFile.Text(service, "build", "dockerfile"), Dockerfiles));
    });

    [Fact]
    public void TheSilo_IsBuiltAndStarted_AsItsCommandLineSays()
    {
        var file = Dockerfile.Read("deploy/silo/Dockerfile");
        var project = file.Runs.Single(run => run.StartsWith("dotnet publish", StringComparison.Ordinal)).Split(' ')[2];
        Assert.True(File.Exists(RepositoryFiles.Path(project)), project);
        var program = $"/app/{typeof(SiloCommand).Assembly.GetName().Name}";
        Assert.Equal([program], file.EntryPoint);

        var service = _compose.Services["silo"];
        AssertParses(ComposeFile.List(service, "command"));
        var check = HealthCheck(service);
        Assert.Equal(file.HealthCheck, check.Skip(1));
        Assert.Equal(program, check[1]);
        AssertParses(check.Skip(2));
        Assert.Equal("2", ComposeFile.Text(service, "deploy", "replicas"));
        Assert.Contains("grid:/srv/grid", ComposeFile.List(service, "volumes"));
        Assert.Equal(["grid", "redis"], _compose.Volumes.Order());
    }

    [Fact]
    public void TheGateway_IsToldAllThatItsConfigurationAsksFor()
    {
        var asked = Variable().Matches(File.ReadAllText(RepositoryFiles.Path("deploy/gateway/haproxy.cfg")))
            .Select(match => match.Groups["name"].Value).ToHashSet();
        Assert.Equal(asked.Order(), Dockerfile.Read("deploy/gateway/Dockerfile").Variables.Order());

        // Only itself is open to others, and only on this machine.
        Assert.Equal(
            ["127.0.0.1:4370:4370"],
            _compose.Services.Values.SelectMany(service => ComposeFile.List(service, "ports")));
    }

    [FactWithRedis]
    public async Task Redis_AsItIsStarted_KeepsWhatItAcknowledges()
    {
        var command = ComposeFile.List(_compose.Services["redis"], "command");
        Assert.Equal("redis-server", command[0]);
        await using var redis = await RedisServer.StartAsync([.. command.Skip(1)]);
        await using var connection = await redis.ConnectAsync();
        Assert.True((await RedisDurability.CheckAsync(connection)).IsStrict);
    }

    private static IReadOnlyList<string> HealthCheck(YamlMappingNode service) =>
        ComposeFile.List((YamlMappingNode)service.Children["healthcheck"], "test");

    private static void AssertParses(IEnumerable<string> arguments) => Assert.Empty(
        SiloCommand.Create(TextWriter.Null, CancellationToken.None).Parse([.. arguments]).Errors);

    [GeneratedRegex(@"^[a-z./-]+:\d+\.\d+\.\d+(-[a-z]+)*(@sha256:[0-9a-f]{64})?$")]
    private static partial Regex Pinned();

    [GeneratedRegex(@"""\$\{(?<name>[A-Z_]+)\}|:\$\{(?<name>[A-Z_]+)\}")]
    private static partial Regex Variable();
}
