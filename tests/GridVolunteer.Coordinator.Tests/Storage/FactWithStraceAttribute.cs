namespace GridVolunteer.Coordinator.Tests.Storage;

/// <summary>A test that traces system calls; skipped, with the reason, where that is not possible.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactWithStraceAttribute : FactAttribute
{
    public FactWithStraceAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "strace exists on Linux only.";
        }
        else if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(
            f => File.Exists(Path.Combine(f, "strace"))))
        {
            Skip = "strace is not installed; test.sh installs it where there is apt.";
        }
    }
}
