using System.Text.Json;
using GridVolunteer.Agent.Workloads;

namespace GridVolunteer.Agent.Tests.Workloads;

public sealed class WorkloadTemplateTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task NewWorkload_Builds_Packs_AndPassesItsTrial()
    {
        var written = WorkloadTemplate.Write("Plan", _folder["Plan"], AppContext.BaseDirectory);
        Assert.Contains("Plan.csproj", written);
        Assert.Contains("sdk/GridVolunteer.Sdk.dll", written);

        var package = await WorkloadPackager.ResolveAsync(_folder["Plan"], _folder.Root, default);
        Assert.Equal(["Plan.deps.json", "Plan.dll", "workload.json"], package.Entries.Select(e => e.Name));

        var options = new TrialOptions { Parameters = new Dictionary<string, string> { ["points"] = "1e5" } };
        var report = await WorkloadTrial.RunAsync(package, options, _folder.Root, TimeProvider.System, null, default);
        Assert.True(report.Passed, report.Units[0].Fault);
        Assert.InRange(JsonElement.Parse(report.Output.Span).GetProperty("pi").GetDouble(), 3.13, 3.15);
    }

    [Fact]
    public async Task ProjectThatDoesNotBuild_ShowsTheCompilersWords()
    {
        WorkloadTemplate.Write("Broken", _folder["Broken"], AppContext.BaseDirectory);
        File.AppendAllText(_folder["Broken/BrokenWorkload.cs"], "nonsense;");
        var thrown = await Assert.ThrowsAsync<WorkloadLoadException>(
            () => WorkloadPackager.ResolveAsync(_folder["Broken/Broken.csproj"], _folder.Root, default));
        Assert.Contains("error CS", thrown.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1st")]
    [InlineData("a-b")]
    [InlineData("a b")]
    [InlineData("../up")]
    [InlineData("class")]
    [InlineData("System")]
    [InlineData("é")]
    public void Name_ThatIsNoIdentifier_IsRefused(string name) => Assert.Contains(
        "cannot name a workload",
        Assert.Throws<WorkloadLoadException>(() => WorkloadTemplate.Write(name, _folder["x"], AppContext.BaseDirectory)).Message);

    [Fact]
    public void Folder_ThatIsNotEmpty_IsLeftAlone()
    {
        File.WriteAllText(_folder["precious.txt"], "x");
        Assert.Throws<WorkloadLoadException>(() => WorkloadTemplate.Write("Pi", _folder.Root, AppContext.BaseDirectory));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Root));
    }
}
