using System.CommandLine;
using BenchmarkDotNet.Running;
using GridVolunteer.Benchmarks;

var shard = new Command("shard", "BenchmarkDotNet over the shard's operations: shard --filter '*'")
{
    TreatUnmatchedTokensAsErrors = false,
};
shard.SetAction(parsed =>
    BenchmarkSwitcher.FromAssembly(typeof(LoadCommand).Assembly).Run([.. parsed.UnmatchedTokens]));

var root = new RootCommand("What GridVolunteer costs and how fast it is.")
{
    LoadCommand.Throughput(),
    LoadCommand.Memory(),
    new KernelsCommand(),
    new ClusterCommand(),
    new BeatsCommand(),
    new GroupsCommand(),
    shard,
};
return await root.Parse(args).InvokeAsync();
