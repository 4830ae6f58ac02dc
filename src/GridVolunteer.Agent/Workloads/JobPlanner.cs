using System.Text.Json;
using System.Text.Json.Nodes;
using GridVolunteer.Sdk;
using GridVolunteer.Sdk.Hosting;

namespace GridVolunteer.Agent.Workloads;

/// <summary>
/// Plans a job on the submitter's machine: unpacks and loads the workload, lets it plan, checks the plan
/// against the limits and writes its table to files.
/// </summary>
public static class JobPlanner
{
    /// <summary>Plans a job from what a command line gives: texts by name.</summary>
    /// <param name="package">The workload.</param>
    /// <param name="parameters">Parameters by name; the workload takes numbers and the like from the
    /// texts.</param>
    /// <param name="inputs">Input files by name.</param>
    /// <param name="workFolder">An existing folder for the unpacked package and the table; the caller removes
    /// it after the upload.</param>
    /// <param name="cancellationToken">Given on to the workload.</param>
    /// <exception cref="WorkloadException">Parameters, inputs or the plan are wrong: the message is for the
    /// submitter.</exception>
    /// <exception cref="WorkloadLoadException">The package cannot be loaded.</exception>
    public static Task<PlannedJob> PlanAsync(
        WorkloadPackage package,
        IReadOnlyDictionary<string, string> parameters,
        IReadOnlyDictionary<string, string> inputs,
        string workFolder,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var json = new JsonObject(parameters.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)JsonValue.Create(p.Value))));
        return PlanAsync(package, JsonElement.Parse(json.ToJsonString()), inputs, workFolder, cancellationToken);
    }

    /// <summary>Plans a job from parameters that are JSON already: see the other overload.</summary>
    public static async Task<PlannedJob> PlanAsync(
        WorkloadPackage package,
        JsonElement parameters,
        IReadOnlyDictionary<string, string> inputs,
        string workFolder,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(inputs);
        var folder = Path.Combine(workFolder, "package");
        PackageFolder.Unpack(package.FilePath, folder);
        var workload = WorkloadHost.Load(folder);
        var paths = inputs.ToDictionary(i => i.Key, i => Path.GetFullPath(i.Value));
        var context = new PlanContext { Parameters = parameters, Inputs = paths };
        var plan = await Guarded(package, () => workload.PlanAsync(context, cancellationToken));
        var faults = PlanCheck.Faults(plan).ToArray();
        if (faults.Length > 0)
        {
            throw new WorkloadException(string.Join('\n', faults));
        }

        var tables = plan.Table is null
            ? []
            : await Guarded(package, () => UnitTableWriter.WriteAsync(plan.Table, plan.Units, workFolder, cancellationToken));
        return new PlannedJob { Package = package, Plan = plan, Inputs = paths, Tables = tables };
    }

    /// <summary>
    /// Planning runs a stranger's code: whatever it throws becomes a message that says whose fault it is.
    /// </summary>
    private static async Task<T> Guarded<T>(WorkloadPackage package, Func<ValueTask<T>> planning)
    {
        try
        {
            return await planning();
        }
        catch (Exception e) when (e is not (WorkloadException or OperationCanceledException))
        {
            throw new WorkloadException($"{package.Manifest.Name} failed while it planned: {e.GetType().Name}: {e.Message}", e);
        }
    }
}
