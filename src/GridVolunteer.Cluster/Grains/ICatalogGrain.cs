using GridVolunteer.Coordination.Contracts;

namespace GridVolunteer.Cluster.Grains;

/// <summary>The register of jobs as a grain; there is one, under the key <see cref="TheKey"/>.</summary>
internal interface ICatalogGrain : ICatalog, IGrainWithStringKey
{
    /// <summary>The key of the one.</summary>
    public const string TheKey = "catalog";
}
