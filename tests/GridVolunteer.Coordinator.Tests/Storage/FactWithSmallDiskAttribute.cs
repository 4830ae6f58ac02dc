namespace GridVolunteer.Coordinator.Tests.Storage;

/// <summary>
/// A test that fills a disk of its own; skipped, with the reason, where none can be mounted.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactWithSmallDiskAttribute : FactAttribute
{
    private static readonly Lazy<bool> CanMount = new(() =>
    {
        using var disk = SmallDisk.TryMount(sizeMebibytes: 1);
        return disk is not null;
    });

    public FactWithSmallDiskAttribute()
    {
        if (!CanMount.Value)
        {
            Skip = "Mounting a small disk takes root on Linux.";
        }
    }
}
