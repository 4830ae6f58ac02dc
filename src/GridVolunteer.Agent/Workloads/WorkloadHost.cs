using System.Reflection;
using GridVolunteer.Sdk.Hosting;

namespace GridVolunteer.Agent.Workloads;

/// <summary>
/// Loads a workload's code into this process: on a submitter's machine to plan, in an agent's worker process
/// to compute, never in a coordinator. A load context of its own keeps its dependencies apart from the
/// host's.
/// </summary>
public static class WorkloadHost
{
    internal const string SdkAssemblyName = "GridVolunteer.Sdk";

    private static readonly Version SdkVersion = typeof(IWorkload).Assembly.GetName().Version!;

    /// <summary>
    /// Loads the workload of an unpacked package or of a build output, and makes an instance of it.
    /// </summary>
    /// <exception cref="WorkloadLoadException">It cannot be loaded; the message says why and what to
    /// do.</exception>
    public static IWorkload Load(string folder)
    {
        var manifest = WorkloadManifest.ReadFrom(folder);
        var type = FindType(folder, manifest);
        try
        {
            return (IWorkload)Activator.CreateInstance(type)!;
        }
        catch (TargetInvocationException e) when (e.InnerException is { } thrown)
        {
            throw new WorkloadLoadException(
                $"The constructor of {type.FullName} in {manifest.Assembly} threw {thrown.GetType().Name}: {thrown.Message}", thrown);
        }
        catch (Exception e) when (e is MissingMethodException or TypeLoadException or IOException or BadImageFormatException)
        {
            throw new WorkloadLoadException($"{type.FullName} in {manifest.Assembly} cannot be created: {e.Message}", e);
        }
    }

    private static Type FindType(string folder, WorkloadManifest manifest)
    {
        Type[] found;
        try
        {
            var assembly = new WorkloadAssemblies(folder).LoadMain(manifest.Assembly);
            CheckSdkVersion(assembly, manifest);
            found = [.. assembly.GetExportedTypes().Where(t => t.IsClass && !t.IsAbstract && t.IsAssignableTo(typeof(IWorkload)))];
        }
        catch (FileNotFoundException e)
        {
            throw new WorkloadLoadException(
                $"{manifest.Assembly} needs {e.FileName ?? "a file"}, which is neither in the package nor part of .NET " +
                $"{Environment.Version.ToString(2)}. Pack the workload again from its project, or build it for this version.", e);
        }
        catch (Exception e) when (e is BadImageFormatException or IOException or TypeLoadException or ReflectionTypeLoadException)
        {
            throw new WorkloadLoadException($"{manifest.Assembly} cannot be loaded: {e.Message}", e);
        }

        return found switch
        {
            [var only] when only.GetConstructor(Type.EmptyTypes) is not null && !only.ContainsGenericParameters => only,
            [var only] => throw new WorkloadLoadException(
                $"{only.FullName} in {manifest.Assembly} must not be generic and needs a public constructor without parameters."),
            [] => throw new WorkloadLoadException(
                $"{manifest.Assembly} has no workload: make one public class derive from GridVolunteer.Sdk.Workload."),
            _ => throw new WorkloadLoadException(
                $"{manifest.Assembly} has {found.Length} workloads ({string.Join(", ", found.Select(t => t.FullName))}); " +
                "a package holds one: leave only one of them public."),
        };
    }

    private static void CheckSdkVersion(Assembly assembly, WorkloadManifest manifest)
    {
        var referenced = assembly.GetReferencedAssemblies().FirstOrDefault(a => a.Name == SdkAssemblyName)?.Version;
        if (referenced is null)
        {
            throw new WorkloadLoadException(
                $"{manifest.Assembly} does not use {SdkAssemblyName}: make one public class derive from GridVolunteer.Sdk.Workload.");
        }

        if (referenced.Major != SdkVersion.Major || referenced > SdkVersion)
        {
            throw new WorkloadLoadException(
                $"{manifest.Assembly} was built against {SdkAssemblyName} {referenced.ToString(3)}, but this program has " +
                $"{SdkVersion.ToString(3)}: " +
                (referenced > SdkVersion ? "update this program." : "build the workload again with the SDK of today."));
        }
    }
}
