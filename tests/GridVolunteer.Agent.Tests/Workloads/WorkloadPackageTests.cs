using System.IO.Compression;
using System.Text;
using GridVolunteer.Agent.Workloads;

namespace GridVolunteer.Agent.Tests.Workloads;

public sealed class WorkloadPackageTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Package_RoundTrips_WithoutTheSdkAndSymbols()
    {
        EmittedWorkload.Write(_folder["build"], "Only");
        File.WriteAllText(_folder["build/GridVolunteer.Sdk.dll"], "the host's");
        File.WriteAllText(_folder["build/Emitted.pdb"], "symbols");
        Directory.CreateDirectory(_folder["build/data/deep"]);
        File.WriteAllText(_folder["build/data/deep/table.txt"], "42");

        var package = WorkloadPackager.PackFolder(_folder["build"], _folder["made/Emitted.gvw"]);

        Assert.Equal("Emitted", package.Manifest.Name);
        Assert.Equal(["Emitted.dll", "data/deep/table.txt", "workload.json"], package.Entries.Select(e => e.Name));
        PackageFolder.Unpack(package.FilePath, _folder["unpacked"]);
        Assert.Equal("42", File.ReadAllText(_folder["unpacked/data/deep/table.txt"]));
        Assert.Equal("Only", WorkloadHost.Load(_folder["unpacked"]).GetType().Name);
    }

    [Fact]
    public void Packages_OfTheSameFiles_AreTheSameBytes()
    {
        EmittedWorkload.Write(_folder["a"], "Only");
        WorkloadPackager.PackFolder(_folder["a"], _folder["a.gvw"]);
        foreach (var file in Directory.GetFiles(_folder["a"]))
        {
            File.SetLastWriteTimeUtc(file, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        }

        WorkloadPackager.PackFolder(_folder["a"], _folder["b.gvw"]);
        Assert.Equal(File.ReadAllBytes(_folder["a.gvw"]), File.ReadAllBytes(_folder["b.gvw"]));
    }

    [Fact]
    public void Unpack_OfAFolderThatIsThere_LeavesItAlone()
    {
        EmittedWorkload.Write(_folder["build"], "Only");
        var package = WorkloadPackager.PackFolder(_folder["build"], _folder["p.gvw"]);
        PackageFolder.Unpack(package.FilePath, _folder["unpacked"]);
        File.Delete(package.FilePath);
        PackageFolder.Unpack(package.FilePath, _folder["unpacked"]);
        Assert.Equal([_folder["build"], _folder["unpacked"]], Directory.GetFileSystemEntries(_folder.Root).Order());
    }

    [Theory]
    [InlineData("../evil.txt")]
    [InlineData("/etc/evil.txt")]
    [InlineData("a/../../evil.txt")]
    [InlineData("a\\..\\evil.txt")]
    [InlineData("C:/evil.txt")]
    [InlineData("a//evil.txt")]
    [InlineData("evil.txt ")]
    [InlineData("ev\u0001il.txt")]
    public void Entry_WithANameThatLeadsOut_IsRefused(string name) =>
        AssertRefused(Zip((name, "x")), "forbidden name");

    [Fact]
    public void Entry_TwiceUnderOneName_IsRefused() =>
        AssertRefused(Zip(("a.txt", "1"), ("A.txt", "2")), "twice");

    [Fact]
    public void Package_WithTooManyEntries_IsRefused() =>
        AssertRefused(Zip([.. Enumerable.Range(0, WorkloadPackage.EntriesMax).Select(i => ($"{i}", ""))]), "at most 2000");

    [Fact]
    public void Package_ThatStatesToUnpackToTooMuch_IsRefused()
    {
        var zip = Zip(("a.txt", "1234567"));
        PatchStatedLength(zip, "a.txt", 600 << 20);
        AssertRefused(zip, "more than 512 MiB");
    }

    [Fact]
    public void Entry_ThatIsLongerThanItStates_NeverUnpacksToMore()
    {
        var zip = Zip(("a.txt", new string('a', 1_000_000)));
        PatchStatedLength(zip, "a.txt", 10);
        File.WriteAllBytes(_folder["p.gvw"], zip);
        var package = WorkloadPackage.Open(_folder["p.gvw"]);
        Directory.CreateDirectory(_folder["out"]);
        package.ExtractTo(_folder["out"]);
        Assert.True(new FileInfo(_folder["out/a.txt"]).Length <= 10);
    }

    [Fact]
    public void Unpack_ThatFails_LeavesNothingBehind()
    {
        var zip = Zip(("a.txt", new string('a', 1_000_000)));
        PatchStatedLength(zip, "a.txt", 2_000_000);
        File.WriteAllBytes(_folder["p.gvw"], zip);
        Assert.Throws<WorkloadLoadException>(() => PackageFolder.Unpack(_folder["p.gvw"], _folder["out"]));
        Assert.Equal([_folder["p.gvw"]], Directory.GetFileSystemEntries(_folder.Root));
    }

    [Fact]
    public void Package_WithoutManifestOrAssembly_IsRefused()
    {
        AssertRefused(ZipOf(("a.txt", "x")), "has no workload.json");
        AssertRefused(ZipOf(("workload.json", Manifest)), "lacks the assembly Emitted.dll");
    }

    [Fact]
    public void WhatIsNoZip_IsRefused() => AssertRefused(Encoding.ASCII.GetBytes("no zip"), "is no workload package");

    [Fact]
    public void DamagedPackage_IsReadOrRefused_ButNeverAnythingElse()
    {
        var sound = Zip(("a.txt", "1"), ("b/c.txt", new string('c', 100)));
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var zip = sound.ToArray();
            for (var left = random.Next(1, 4); left > 0; left--)
            {
                zip[random.Next(zip.Length)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(_folder["p.gvw"], zip);
            var thrown = Record.Exception(() => PackageFolder.Unpack(_folder["p.gvw"], _folder["out"]));
            Assert.True(thrown is null or WorkloadLoadException or IOException, $"seed {seed}: {thrown}");
            if (thrown is null)
            {
                Directory.Delete(_folder["out"], recursive: true);
            }
        }
    }

    [Fact]
    public async Task Source_ThatIsNotThere_IsToldWithWhatToGive()
    {
        var thrown = await Assert.ThrowsAsync<WorkloadLoadException>(
            () => WorkloadPackager.ResolveAsync(_folder["nowhere"], _folder.Root, default));
        Assert.Contains("give a package (.gvw), a project or its folder", thrown.Message);
    }

    private const string Manifest = """{ "name": "Emitted", "version": "0.1.0", "assembly": "Emitted.dll" }""";

    private void AssertRefused(byte[] zip, string message)
    {
        File.WriteAllBytes(_folder["p.gvw"], zip);
        Assert.Contains(message, Assert.Throws<WorkloadLoadException>(() => WorkloadPackage.Open(_folder["p.gvw"])).Message);
    }

    private static byte[] Zip(params (string Name, string Text)[] files) =>
        ZipOf([("workload.json", Manifest), ("Emitted.dll", "x"), .. files]);

    private static byte[] ZipOf(params (string Name, string Text)[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach (var (name, text) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return stream.ToArray();
    }

    /// <summary>Changes the unpacked length in the zip's directory (APPNOTE 4.3.12: at 24 of the header, the name at 46).</summary>
    private static void PatchStatedLength(byte[] zip, string name, int lengthBytes)
    {
        var at = zip.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(name)) - 46;
        BitConverter.TryWriteBytes(zip.AsSpan(at + 24), lengthBytes);
    }
}
