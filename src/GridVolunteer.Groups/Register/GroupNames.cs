using System.Text;

namespace GridVolunteer.Groups.Register;

/// <summary>What a group may be called.</summary>
public static class GroupNames
{
    /// <summary>The most bytes of a name, in UTF-8.</summary>
    public const int SizeBytesMax = 128;

    /// <summary>True for a name of 1 to 128 bytes in UTF-8 that is Unicode and has no control characters.</summary>
    public static bool IsValid(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is > 0 and <= SizeBytesMax
            && !name.Any(char.IsControl)
            && name.EnumerateRunes().All(r => r != Rune.ReplacementChar)
            && Encoding.UTF8.GetByteCount(name) <= SizeBytesMax;
    }
}
