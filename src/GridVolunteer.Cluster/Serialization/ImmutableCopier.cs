using Orleans.Serialization.Cloning;
using Orleans.Serialization.Serializers;

namespace GridVolunteer.Cluster.Serialization;

/// <summary>
/// Within a silo the contracts' records are handed on and not copied: they never change, and what memory they
/// borrow their caller leaves alone until it has its answer, as in the embedded grid.
/// </summary>
internal sealed class ImmutableCopier : IGeneralizedCopier
{
    /// <inheritdoc/>
    public object? DeepCopy(object? input, CopyContext context) => input;

    /// <inheritdoc/>
    public bool IsSupportedType(Type type) => ContractTypes.Contain(type) || ReadOnlyListCodec.Handles(type);
}
