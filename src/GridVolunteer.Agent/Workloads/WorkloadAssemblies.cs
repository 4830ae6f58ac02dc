using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace GridVolunteer.Agent.Workloads;

/// <summary>
/// The load context of one workload: its private dependencies come from its own folder, GridVolunteer.Sdk
/// always from the host, so that the host's <c>IWorkload</c> and the workload's are one type.
/// </summary>
internal sealed class WorkloadAssemblies(string folder) : AssemblyLoadContext(Path.GetFileName(folder))
{
    private readonly string _folder = Path.GetFullPath(folder);

    public Assembly LoadMain(string fileName) => LoadFromAssemblyPath(Path.Combine(_folder, fileName));

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name is null or WorkloadHost.SdkAssemblyName)
        {
            return null;
        }

        var path = Find(assemblyName.Name + ".dll", "lib");
        return path is null ? null : LoadFromAssemblyPath(path);
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        foreach (var name in NativeNames(unmanagedDllName))
        {
            if (Find(name, "native") is { } path)
            {
                return LoadUnmanagedDllFromPath(path);
            }
        }

        return 0;
    }

    private static IEnumerable<string> NativeNames(string name)
    {
        yield return name;
        if (OperatingSystem.IsWindows())
        {
            yield return name + ".dll";
        }
        else
        {
            var ending = OperatingSystem.IsMacOS() ? ".dylib" : ".so";
            yield return name + ending;
            yield return "lib" + name + ending;
        }
    }

    /// <summary>
    /// Looks beside the assembly, then where packages keep what differs between systems: runtimes/RID/lib or
    /// native.
    /// </summary>
    private string? Find(string fileName, string kind)
    {
        var beside = Path.Combine(_folder, fileName);
        if (File.Exists(beside))
        {
            return beside;
        }

        return Systems()
            .Select(system => Path.Combine(_folder, "runtimes", system, kind))
            .Where(Directory.Exists)
            .SelectMany(path => Directory.EnumerateFiles(path, fileName, SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            .FirstOrDefault();
    }

    private static IEnumerable<string> Systems()
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        yield return RuntimeInformation.RuntimeIdentifier;
        yield return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        yield return system;
        if (system != "win")
        {
            yield return "unix";
        }
    }
}
