using System.Text.Json;
using GridVolunteer.Agent.Blobs;
using GridVolunteer.Agent.Link;
using GridVolunteer.Agent.Workloads;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Json;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Agent.Jobs;

/// <summary>
/// Brings a job's recipe, package and inputs to this machine. What an earlier run of the agent fetched is used again, so
/// that it can go on with held work while the coordinator is away.
/// </summary>
internal sealed class JobFetcher(CoordinatorLink link, BlobCache blobs, string recipeFolder, string packageFolder)
{
    private const int InputsAtOnce = 4;

    /// <exception cref="JobTroubleException">The job's files cannot be had, or its package is no package.</exception>
    public async Task<JobFiles> FetchAsync(JobId job, CancellationToken cancellation)
    {
        var leases = new List<BlobLease>();
        try
        {
            var recipe = await RecipeAsync(job, cancellation);
            var package = await blobs.LeaseAsync(recipe.Package, cancellation);
            leases.Add(package);
            var folder = Unpack(package.Path, recipe.Package);
            var inputs = new Dictionary<string, string>();
            foreach (var part in recipe.Inputs.Chunk(InputsAtOnce))
            {
                var got = await Task.WhenAll(part.Select(i => blobs.LeaseAsync(i.Value, cancellation)));
                leases.AddRange(got);
                foreach (var (input, lease) in part.Zip(got))
                {
                    inputs.Add(input.Key, lease.Path);
                }
            }

            var files = new JobFiles(recipe, folder, inputs, leases);
            leases = [];
            return files;
        }
        catch (CoordinatorProblemException fault)
        {
            throw new JobTroubleException(UnitFailureKind.InputUnavailable, fault.Message, fault);
        }
        catch (BlobMismatchException fault)
        {
            throw new JobTroubleException(UnitFailureKind.InputUnavailable, fault.Message, fault);
        }
        catch (WorkloadLoadException fault)
        {
            throw new JobTroubleException(UnitFailureKind.CannotLoad, fault.Message, fault);
        }
        catch (IOException fault)
        {
            throw new JobTroubleException(
                UnitFailureKind.InputUnavailable, $"The files of job {job} cannot be stored: {fault.Message}", fault);
        }
        finally
        {
            leases.ForEach(l => l.Dispose());
        }
    }

    /// <summary>Removes the folder that was unpacked from a blob which is no longer here.</summary>
    public void RemovePackage(BlobId package)
    {
        var folder = Path.Combine(packageFolder, package.ToString());
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Removes what an earlier agent unpacked from blobs that are no longer here, or was still unpacking.</summary>
    public void RemoveOrphans()
    {
        foreach (var folder in Directory.EnumerateDirectories(packageFolder))
        {
            if (!BlobId.TryParse(Path.GetFileName(folder), null, out var id) || !blobs.Has(id))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private async Task<JobRecipe> RecipeAsync(JobId job, CancellationToken cancellation)
    {
        // The coordinator is asked each time: its data may have been wiped, and then the same number is another job.
        var path = Path.Combine(recipeFolder, $"{job}.json");
        var recipe = await link.TryAsync((client, token) => client.RecipeAsync(job, token), cancellation);
        if (recipe is null && ReadRecipe(path) is { } kept && kept.Job == job)
        {
            return kept;
        }

        recipe ??= await link.CallAsync((client, token) => client.RecipeAsync(job, token), cancellation);
        var part = path + ".part";
        await File.WriteAllBytesAsync(
            part, JsonSerializer.SerializeToUtf8Bytes(recipe, ProtocolJson.Default.JobRecipe), cancellation);
        File.Move(part, path, overwrite: true);
        return recipe;
    }

    private static JobRecipe? ReadRecipe(string path)
    {
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize(File.ReadAllBytes(path), ProtocolJson.Default.JobRecipe)
                : null;
        }
        catch (JsonException)
        {
            // Torn when the machine lost power: fetched again.
            return null;
        }
    }

    private string Unpack(string packagePath, BlobId package)
    {
        var folder = Path.Combine(packageFolder, package.ToString());
        PackageFolder.Unpack(packagePath, folder);
        return folder;
    }
}
