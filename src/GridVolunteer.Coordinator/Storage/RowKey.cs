namespace GridVolunteer.Coordinator.Storage;

/// <summary>
/// The integer under which a turn or a result row lies: the entity's number in the upper half, the version or
/// sequence in the lower, so that those of one entity lie together and in order.
/// </summary>
internal static class RowKey
{
    /// <summary>The key of an entity's row.</summary>
    public static long Of(int entity, long number) => ((long)entity << 32) | checked((uint)number);

    /// <summary>The version or sequence in a key.</summary>
    public static long Number(long key) => key & uint.MaxValue;

    /// <summary>The lowest key an entity can have.</summary>
    public static long First(int entity) => Of(entity, 0);

    /// <summary>The highest key an entity can have.</summary>
    public static long Last(int entity) => Of(entity, uint.MaxValue);
}
