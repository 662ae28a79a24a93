"""Projects that several tests break: a shop with relations of every kind, and its rows."""

from __future__ import annotations

from tests.history.conftest import MakeProject
from tests.history.projects import Project

SHOP = """
class Customer(models.Model):
    name = models.CharField(max_length=50, db_index=True)
    email = models.CharField(max_length=80, unique=True)

class Tag(models.Model):
    name = models.CharField(max_length=10)

class Order(models.Model):
    customer = models.ForeignKey(Customer, models.CASCADE)
    total = models.DecimalField(max_digits=9, decimal_places=2, default=0)
    note = models.TextField(null=True, blank=True)
    tags = models.ManyToManyField(Tag)

    class Meta:
        unique_together = [("customer", "total")]
        indexes = [models.Index(fields=["total"], name="order_total")]
        constraints = [models.CheckConstraint(condition=models.Q(total__gte=0), name="order_total_positive")]
"""
BLOG = """
class Post(models.Model):
    by = models.ForeignKey("shop.Customer", models.CASCADE)
    title = models.CharField(max_length=20)
"""
SEED = """
from shop.models import *
c = Customer.objects.create(name="Ann", email="a@x")
t = Tag.objects.create(name="new")
o = Order.objects.create(customer=c, total=3)
o.tags.add(t)
"""
ADD_NOTE = """
dependencies = [("shop", "0001_initial")]
operations = [migrations.AlterField("order", "note", models.TextField(null=True, blank=True))]
"""


def shop(make_project: MakeProject, *others: str, more: str = "") -> Project:
    """A shop with two migrations that are applied, and a customer, an order and a tag."""
    project = make_project(*others, "shop", more=more)
    project.app("shop", SHOP)
    project.manage("makemigrations", "shop")
    project.migration("shop", "0002_note", ADD_NOTE)
    return project


def seeded(project: Project) -> Project:
    project.manage("migrate", "-v0")
    project.python(SEED)
    return project


def shop_and_blog(make_project: MakeProject) -> Project:
    """The same, and a blog whose migration stands on the shop's second."""
    project = shop(make_project, "blog")
    project.app("blog", BLOG)
    project.manage("makemigrations", "blog")
    seeded(project)
    project.python("from blog.models import *\nPost.objects.create(by_id=1, title='hello')")
    return project
